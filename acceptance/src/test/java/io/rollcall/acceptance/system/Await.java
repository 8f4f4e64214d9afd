package io.rollcall.acceptance.system;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/** Waiting for a condition, with a limit that tells what was not reached. */
public final class Await {
	private static final Duration LIMIT = Duration.ofSeconds(90);
	static final Duration STEADY = Duration.ofMillis(1500);
	/** Between two questions. */
	private static final Duration SHORTEST = Duration.ofMillis(10);
	private static final Duration LONGEST = Duration.ofMillis(250);

	private Await() {}

	/**
	 * Asks again and again until the answer is not null; less and less often the longer it takes, for what is asked needs the processors,
	 * too.
	 */
	public static <T> T until(String what, Callable<@Nullable T> answer) {
		return until(what, LIMIT, answer);
	}

	/** As {@link #until(String, Callable)}, for a limit that is a promise. */
	public static <T> T until(String what, Duration limit, Callable<@Nullable T> answer) {
		return until(what, limit, LONGEST, answer);
	}

	/** As {@link #until(String, Callable)}, for a moment that must not be missed. */
	public static <T> T closely(String what, Callable<@Nullable T> answer) {
		return until(what, LIMIT, SHORTEST, answer);
	}

	private static <T> T until(String what, Duration limit, Duration longest, Callable<@Nullable T> answer) {
		long begin = System.nanoTime();
		while (true) {
			T found = ask(answer);
			if (found != null) {
				return found;
			}
			long waited = System.nanoTime() - begin;
			if (waited > limit.toNanos()) {
				throw new AssertionError("Not within " + limit.toSeconds() + " s: " + what);
			}
			LockSupport.parkNanos(Math.clamp(waited / 20, SHORTEST.toNanos(), longest.toNanos()));
		}
	}

	/** Asks until the state is one of rest and has stayed the same for a while. The limit counts from the last change. */
	public static <T> void steady(String what, Callable<T> state, Predicate<T> isRest) {
		steady(what, state, isRest, _ -> STEADY);
	}

	/** The same, where the state says for how long it has to stay as it is. */
	static <T> void steady(String what, Callable<T> state, Predicate<T> isRest, Function<T, Duration> howLong) {
		T seen = ask(state);
		Instant since = Instant.now();
		while (!isRest.test(seen) || since.plus(howLong.apply(seen)).isAfter(Instant.now())) {
			if (since.plus(LIMIT).isBefore(Instant.now())) {
				throw new AssertionError("For " + LIMIT.toSeconds() + " s no change, and no " + what + ": " + seen);
			}
			LockSupport.parkNanos(LONGEST.toNanos());
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
