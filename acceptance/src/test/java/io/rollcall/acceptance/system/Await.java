package io.rollcall.acceptance.system;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** Waiting for a condition, with a limit that tells what was not reached. */
public final class Await {
	private static final Duration LIMIT = Duration.ofSeconds(90);
	private static final Duration STEADY = Duration.ofMillis(1500);

	private Await() {}

	/** Asks again and again until the answer is not null. */
	public static <T> T until(String what, Callable<@Nullable T> answer) {
		return until(what, LIMIT, answer);
	}

	/** As {@link #until(String, Callable)}, for a limit that is a promise. */
	public static <T> T until(String what, Duration limit, Callable<@Nullable T> answer) {
		Instant end = Instant.now().plus(limit);
		while (true) {
			T found = ask(answer);
			if (found != null) {
				return found;
			}
			if (Instant.now().isAfter(end)) {
				throw new AssertionError("Not within " + limit.toSeconds() + " s: " + what);
			}
			LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
		}
	}

	/** Asks until the state is one of rest and has stayed the same for a while. The limit counts from the last change. */
	public static <T> void steady(String what, Callable<T> state, Predicate<T> isRest) {
		T seen = ask(state);
		Instant since = Instant.now();
		while (!isRest.test(seen) || since.plus(STEADY).isAfter(Instant.now())) {
			if (since.plus(LIMIT).isBefore(Instant.now())) {
				throw new AssertionError("For " + LIMIT.toSeconds() + " s no change, and no " + what + ": " + seen);
			}
			LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
			T now = ask(state);
			if (now.equals(seen)) continue;
			seen = now;
			since = Instant.now();
		}
	}

	private static <T extends @Nullable Object> T ask(Callable<@Nullable T> answer) {
		try {
			return answer.call();
		} catch (RuntimeException e) {
			throw e;
		} catch (Exception e) {
			throw new IllegalStateException(e);
		}
	}
}
