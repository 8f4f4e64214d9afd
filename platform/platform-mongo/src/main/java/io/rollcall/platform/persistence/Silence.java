package io.rollcall.platform.persistence;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import org.bson.Document;

import io.rollcall.platform.persistence.Leases.Sign;

/** Since when a sign of life is the same one, by one's own watch. Not for several threads. */
final class Silence {
	private record Seen(Document sign, long since) {}

	private final LongSupplier nanoTime;
	private final long duration;
	private final Map<String, Seen> seen = new HashMap<>();

	Silence(LongSupplier nanoTime, long duration) {
		this.nanoTime = nanoTime;
		this.duration = duration;
	}

	/**
	 * Whether whoever gave this sign has given no other for the whole duration.
	 *
	 * @param askedAt when it was asked for: it stood there then, or came later
	 */
	boolean isOf(Sign sign, long askedAt) {
		Seen before = seen.get(sign.name());
		if (before != null && before.sign().equals(sign.document())) return askedAt - before.since() >= duration;
		seen.put(sign.name(), new Seen(sign.document(), nanoTime.getAsLong()));
		return false;
	}

	void forgetAllBut(Set<String> names) {
		seen.keySet().retainAll(names);
	}
}
