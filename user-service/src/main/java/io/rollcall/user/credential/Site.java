package io.rollcall.user.credential;

/** The two sites that one account signs in to, each with a password of its own (guide, section III.A). */
public enum Site {
	PORTAL, TRAINING
}
