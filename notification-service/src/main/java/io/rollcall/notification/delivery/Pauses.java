package io.rollcall.notification.delivery;

import java.time.Duration;

/** Pauses that double from the first to the longest. */
record Pauses(Duration first, Duration longest) {
	Duration after(int failures) {
		// 2^20 of anything configured here is longer than the longest
		Duration pause = first.multipliedBy(1L << Math.clamp(failures - 1, 0, 20));
		return pause.compareTo(longest) < 0 ? pause : longest;
	}
}
