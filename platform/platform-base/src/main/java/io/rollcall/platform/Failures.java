package io.rollcall.platform;

import java.util.Arrays;

/** Exceptions as they may stand in a log: an exception's text can repeat personal data, its class and stack cannot. */
public final class Failures {
	/** Of each of the causes. */
	private static final int FEW = 12;

	private Failures() {}

	/** The classes and stacks of {@code failure} and its causes, without their texts. */
	public static Throwable withoutText(Throwable failure) {
		return withoutText(failure, Integer.MAX_VALUE);
	}

	/** The same with the innermost frames alone: what a failure that comes often costs a log. */
	static Throwable brief(Throwable failure) {
		return withoutText(failure, FEW);
	}

	private static Throwable withoutText(Throwable failure, int frames) {
		Throwable cause = failure.getCause();
		var safe = new Exception(failure.getClass().getName(),
				cause == null || cause == failure ? null : withoutText(cause, frames));
		StackTraceElement[] stack = failure.getStackTrace();
		safe.setStackTrace(stack.length > frames ? Arrays.copyOf(stack, frames) : stack);
		return safe;
	}
}
