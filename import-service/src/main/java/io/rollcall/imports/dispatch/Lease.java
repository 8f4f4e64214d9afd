package io.rollcall.imports.dispatch;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.dispatch.LeaseStore.Beat;

/**
 * Makes one instance the dispatching one. The holder gives signs of life; who sees the same one for the whole duration, by
 * its own watch, takes over. No instance compares its clock with another's. For a moment two may hold it (one was paused and
 * does not know yet): they send the same rows, which is harmless. Not for several threads.
 */
final class Lease {
	private static final int BEATS = 4;

	private final LeaseStore store;
	private final String name;
	private final long duration;
	private final LongSupplier nanoTime;
	private final String self = UUID.randomUUID().toString();
	private @Nullable Beat held;
	private long heldSince;
	private Optional<Beat> seen = Optional.empty();
	private long seenSince;

	Lease(LeaseStore store, String name, Duration duration, LongSupplier nanoTime) {
		this.store = store;
		this.name = name;
		this.duration = duration.toNanos();
		this.nanoTime = nanoTime;
	}

	/** Whether this instance is the one; to be asked before each piece of work. */
	boolean isHeld() {
		long now = nanoTime.getAsLong();
		Beat mine = held;
		if (mine != null) return now - heldSince < duration / BEATS || take(Optional.of(mine), now);
		Optional<Beat> current = store.read(name);
		boolean free = current.isEmpty() || current.get().holder().isEmpty() || current.get().holder().equals(self);
		if (!free && !current.equals(seen)) {
			seen = current;
			seenSince = now;
		}
		return (free || now - seenSince >= duration) && take(current, now);
	}

	private boolean take(Optional<Beat> from, long now) {
		Beat next = new Beat(self, from.map(Beat::count).orElse(0L) + 1);
		boolean taken = store.replace(name, from, next);
		held = taken ? next : null;
		heldSince = now;
		seen = Optional.empty();
		return taken;
	}

	/** Lets another instance begin at once. */
	void release() {
		Beat mine = held;
		held = null;
		if (mine != null) store.replace(name, Optional.of(mine), new Beat("", mine.count() + 1));
	}
}
