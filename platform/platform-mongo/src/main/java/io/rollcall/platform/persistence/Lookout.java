package io.rollcall.platform.persistence;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

import io.rollcall.platform.persistence.Leases.Sign;

/**
 * Sees which holders live: those whose sign of life is not the same one for longer than they may be silent, by the watch of whoever
 * looks. Who looks for the first time takes all of them for alive. Not for several threads.
 */
public final class Lookout {
	private final Leases leases;
	private final LongSupplier nanoTime;
	private final Silence silence;

	/** @param nanoTime as {@link System#nanoTime} */
	public Lookout(Leases leases, Duration duration, LongSupplier nanoTime) {
		this.leases = leases;
		this.nanoTime = nanoTime;
		this.silence = new Silence(nanoTime, duration.toNanos());
	}

	/** The holders that live. */
	public Set<String> living() {
		long now = nanoTime.getAsLong();
		Set<String> names = new HashSet<>();
		Set<String> living = new HashSet<>();
		for (Sign sign : leases.all()) {
			names.add(sign.name());
			if (!silence.isOf(sign, now)) living.add(sign.holder());
		}
		silence.forgetAllBut(names);
		return living;
	}
}
