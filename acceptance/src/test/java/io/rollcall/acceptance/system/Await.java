package io.rollcall.acceptance.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

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

	/** Asks until the answer, not null, has stayed the same for a while. */
	public static <T> void steady(String what, Callable<@Nullable T> answer) {
		var last = new Object() {
			@Nullable
			T seen;
			Instant since = Instant.now();
		};
		until(what, () -> {
			T now = answer.call();
			if (now == null || !Objects.equals(now, last.seen)) {
				last.seen = now;
				last.since = Instant.now();
				return null;
			}
			return Duration.between(last.since, Instant.now()).compareTo(STEADY) >= 0 ? true : null;
		});
	}

	private static <T> @Nullable T ask(Callable<@Nullable T> answer) {
		try {
			return answer.call();
		} catch (RuntimeException e) {
			throw e;
		} catch (Exception e) {
			throw new IllegalStateException(e);
		}
	}
}
