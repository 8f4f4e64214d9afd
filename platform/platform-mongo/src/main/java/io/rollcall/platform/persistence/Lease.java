package io.rollcall.platform.persistence;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

import io.rollcall.platform.persistence.Leases.Sign;

/**
 * What one instance has at a time, for as long as it gives signs of life. Who sees the same sign for the whole duration, by its own
 * watch, may take over; no instance compares its clock with another's. The holder counts from before it gave the sign, the others
 * from after they saw it: so it knows first that it may have lost it. One thread changes a lease, any may ask.
 */
public final class Lease {
	private static final int SIGNS = 4;

	/** @param since when the last sign of life was about to be given; it is certain for the duration from then on */
	private record Held(String holder, long since, boolean certain) {}

	private static final Held NOBODYS = new Held("", 0, false);

	private final Leases leases;
	private final String name;
	private final long duration;
	private final LongSupplier nanoTime;
	private final Silence silence;
	private final String self = UUID.randomUUID().toString();
	private volatile Held held = NOBODYS;

	/** @param nanoTime as {@link System#nanoTime} */
	public Lease(Leases leases, String name, Duration duration, LongSupplier nanoTime) {
		this.leases = leases;
		this.name = name;
		this.duration = duration.toNanos();
		this.nanoTime = nanoTime;
		this.silence = new Silence(nanoTime, this.duration);
	}

	/**
	 * For what several want and one is to have: whether this instance has it, now that it has asked. A pause longer than the lease is
	 * no loss if nobody has taken it meanwhile.
	 */
	public boolean isHeld() {
		if (held.certain() && renew()) return true;
		long now = nanoTime.getAsLong();
		Optional<Sign> current = leases.read(name);
		// Blank is what an older release leaves when it lets go; self, what an answer that was lost was about.
		boolean free = current.isEmpty() || current.get().holder().isEmpty() || current.get().holder().equals(self)
				|| silence.isOf(current.get(), now);
		boolean taken = free && leases.take(name, current, self);
		held = taken ? new Held(self, now, true) : NOBODYS;
		return taken;
	}

	/** Takes it from whoever has it, as another holder than ever before: what was held under it until now is others' by then. */
	public void seize() {
		long now = nanoTime.getAsLong();
		String another = name + "#" + UUID.randomUUID();
		leases.seize(name, another);
		held = new Held(another, now, true);
	}

	/** Gives a sign of life when one is due. Returns false when it is lost: taken by another, or taken away. */
	public boolean renew() {
		Held mine = held;
		long now = nanoTime.getAsLong();
		if (mine.certain() && now - mine.since() < duration / SIGNS) return true;
		boolean renewed = leases.renew(name, mine.holder());
		held = new Held(mine.holder(), renewed ? now : mine.since(), renewed);
		return renewed;
	}

	/** Whether another has it now. */
	public boolean isAnothers() {
		return leases.read(name).filter(sign -> !sign.holder().equals(holder())).isPresent();
	}

	/** As who this instance has, or last had, it; blank when it never did. */
	public String holder() {
		return held.holder();
	}

	/** Whether nobody can have taken it from {@code holder}. */
	public boolean isCertainlyOf(String holder) {
		Held mine = held;
		return mine.certain() && mine.holder().equals(holder) && nanoTime.getAsLong() - mine.since() < duration;
	}

	public boolean isCertain() {
		return isCertainlyOf(holder());
	}

	/** Holds it no more for certain, for it is not known what came of the last that was done under it. */
	public void doubt() {
		Held mine = held;
		held = new Held(mine.holder(), mine.since(), false);
	}

	/** Lets another instance begin at once. */
	public void release() {
		String last = holder();
		held = NOBODYS;
		if (!last.isEmpty()) leases.release(name, last);
	}
}
