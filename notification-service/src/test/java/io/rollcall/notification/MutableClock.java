package io.rollcall.notification;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Real time, moved forward at will. */
public final class MutableClock extends Clock {
	private volatile Duration ahead = Duration.ZERO;

	public synchronized void advance(Duration by) {
		ahead = ahead.plus(by);
	}

	@Override
	public Instant instant() {
		return Instant.now().plus(ahead);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new UnsupportedOperationException();
	}
}
