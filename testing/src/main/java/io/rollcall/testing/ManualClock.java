package io.rollcall.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Stands still until a test moves it. */
public final class ManualClock extends Clock {
	private volatile Instant now;

	/** @param now what it shows at first */
	public ManualClock(Instant now) {
		this.now = now;
	}

	/** Moves the hands. */
	public void set(Instant time) {
		now = time;
	}

	/** Moves them on. */
	public synchronized void advance(Duration by) {
		now = now.plus(by);
	}

	@Override
	public Instant instant() {
		return now;
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
