package io.rollcall.platform.tomcat;

import java.time.Duration;

import org.springframework.util.unit.DataSize;

/**
 * How long whoever sends a request may keep us waiting for it: for its first line, its headers, its body and what frames that, all
 * together. The service's own time is not theirs.
 *
 * @param grace for a request however small; and once more for what is left of it when it has been answered
 * @param perSecond what must come on top of it
 */
record Pace(Duration grace, DataSize perSecond) {
	/** @param bytes that have come so far */
	Duration allowed(long bytes) {
		return grace.plusNanos(bytes * (1_000_000_000L / perSecond.toBytes()));
	}
}
