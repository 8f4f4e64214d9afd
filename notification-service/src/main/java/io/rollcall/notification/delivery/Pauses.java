package io.rollcall.notification.delivery;

import java.time.Duration;

/** Pauses that double from the first to the longest. */
record Pauses(Duration first, Duration longest) {
	/** Time is the clock's; this is how often it is looked at while something waits for it. */
	static final Duration TICK = Duration.ofMillis(100);

	Duration after(int failures) {
		// 2^20 of anything configured here is longer than the longest
		Duration pause = first.multipliedBy(1L << Math.clamp(failures - 1, 0, 20));
		return pause.compareTo(longest) < 0 ? pause : longest;
	}

	/** Ends early when the thread is interrupted, which it then still is. */
	static void pause(Duration pause) {
		try {
			Thread.sleep(pause);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}
}
