package io.rollcall.platform;

/** Exceptions as they may stand in a log: an exception's text can repeat personal data, its class and stack cannot. */
public final class Failures {
	private Failures() {}

	/** The classes and stacks of {@code failure} and its causes, without their texts. */
	public static Throwable withoutText(Throwable failure) {
		Throwable cause = failure.getCause();
		var safe = new Exception(failure.getClass().getName(),
				cause == null || cause == failure ? null : withoutText(cause));
		safe.setStackTrace(failure.getStackTrace());
		return safe;
	}
}
