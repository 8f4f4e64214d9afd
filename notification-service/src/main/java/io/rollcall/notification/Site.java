package io.rollcall.notification;

/** A site with passwords of its own (guide, section I). */
public enum Site {
	PORTAL, TRAINING
}
