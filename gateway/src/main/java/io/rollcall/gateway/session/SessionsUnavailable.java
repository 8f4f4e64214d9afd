package io.rollcall.gateway.session;

import io.rollcall.platform.TemporarilyUnavailable;

/** The store of the sessions is away, or somebody works on the session for too long: whether there is one cannot be said. */
public final class SessionsUnavailable extends TemporarilyUnavailable {
	private static final long serialVersionUID = 1;

	SessionsUnavailable(Throwable cause) {
		super("the store of the sessions is away", cause);
	}

	SessionsUnavailable() {
		super("the session is being worked on for too long");
	}
}
