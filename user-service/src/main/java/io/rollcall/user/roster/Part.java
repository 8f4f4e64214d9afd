package io.rollcall.user.roster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Predicate;

/** What somebody looks at of a long list, without going through more of it than that takes. */
final class Part {
	private Part() {}

	/** The first so many in order. The pages that people look at are a few dozen of thousands: not all have to be sorted. */
	static List<RosterEntry> first(Collection<RosterEntry> all, Comparator<RosterEntry> order, long count) {
		if (count >= all.size() / 4) return all.stream().sorted(order).toList();
		var kept = new PriorityQueue<>(order.reversed());
		for (RosterEntry entry : all) {
			if (kept.size() < count) {
				kept.add(entry);
			} else if (order.compare(entry, kept.peek()) < 0) {
				kept.poll();
				kept.add(entry);
			}
		}
		return kept.stream().sorted(order).toList();
	}

	/** The ids of one page; what comes after it is not looked at. */
	static List<UUID> page(Iterable<RosterEntry> ordered, Predicate<RosterEntry> wanted, int page, int size) {
		long before = (long) page * size;
		List<UUID> ids = new ArrayList<>();
		for (RosterEntry entry : ordered) {
			if (!wanted.test(entry)) continue;
			if (before-- > 0) continue;
			ids.add(entry.id());
			if (ids.size() == size) break;
		}
		return ids;
	}
}
