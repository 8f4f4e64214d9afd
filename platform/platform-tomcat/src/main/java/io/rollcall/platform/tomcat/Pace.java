package io.rollcall.platform.tomcat;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How long whoever sends a request may keep us waiting for it: for its first line, its headers, its body and what frames that, all
 * together. The service's own time is not theirs.
 *
 * @param grace for a request however small; and once more for what is left of it when it has been answered
 * @param perSecond for so many bytes that have come there is a second on top of it
 */
@ConfigurationProperties("rollcall.slowest-request")
record Pace(@DefaultValue("20s") Duration grace, @DefaultValue("16KB") DataSize perSecond) {
	private static final double NANOS_PER_SECOND = 1e9;

	/** @throws IllegalArgumentException if no request could be in time */
	Pace {
		if (!grace.isPositive()) {
			throw new IllegalArgumentException("rollcall.slowest-request.grace must be longer than 0");
		}
		if (perSecond.toBytes() < 1) {
			throw new IllegalArgumentException("rollcall.slowest-request.per-second must be at least 1 byte");
		}
	}

	/** @param bytes that have come so far */
	Duration allowed(long bytes) {
		return grace.plusNanos((long) (bytes * NANOS_PER_SECOND / perSecond.toBytes()));
	}
}
