package io.rollcall.user.directory;

/** This service's own access token, for calls on nobody's behalf. */
public interface ServiceToken {
	String value();
}
