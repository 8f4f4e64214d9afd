package io.rollcall.platform.messaging;

/**
 * Something the work needs (broker, database, another service) is away: the work is right and is tried again. Over HTTP it
 * is answered 503 with {@code Retry-After}. The message never holds personal data.
 */
public class TemporarilyUnavailable extends RuntimeException {
	private static final long serialVersionUID = 1;

	public TemporarilyUnavailable(String message, Throwable cause) {
		super(message, cause);
	}

	public TemporarilyUnavailable(String message) {
		super(message);
	}
}
