package io.rollcall.standalone.launcher;

/** The system could not be started; the message says why and what to do, for people. */
public final class StartFailure extends RuntimeException {
	private static final long serialVersionUID = 1L;

	StartFailure(String message) {
		super(message);
	}
}
