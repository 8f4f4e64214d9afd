package io.rollcall.imports.dispatch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.OpenImport;

/**
 * The open imports, without their rows, and who is next: the turns go round, each takes a few rows of its oldest import. Not
 * for several threads.
 */
final class FairQueue {
	/** Files of one round, together; rows are as large as their file lets them be. */
	private static final long MAX_BYTES = 8L << 20;
	private static final Comparator<OpenImport> OLDEST_FIRST = Comparator.comparing(OpenImport::submittedAt)
			.thenComparing(OpenImport::id);

	private final Map<UUID, OpenImport> known = new HashMap<>();
	private final TreeMap<String, NavigableSet<OpenImport>> waiting = new TreeMap<>();
	private final Set<UUID> underWay = new HashSet<>();
	private final Map<UUID, Instant> suspended = new HashMap<>();
	private final Duration stalledAfter;
	private Instant latestOutcome = Instant.MIN;
	private String lastTurn = "";

	FairQueue(Duration stalledAfter) {
		this.stalledAfter = stalledAfter;
	}

	/** Takes in what is newly known of an import; a completed one leaves. */
	void put(OpenImport news) {
		OpenImport before = known.get(news.id());
		OpenImport now = before == null ? news : before.mergedWith(news);
		// What a file decides as it comes in does not tell whether rows are answered.
		if (now.done() > (before == null ? 0 : before.done()) && now.progressAt().isAfter(latestOutcome)
				&& now.progressAt().isAfter(now.submittedAt())) {
			latestOutcome = now.progressAt();
		}
		if (now.isCompleted()) {
			remove(now.id());
			return;
		}
		if (before != null) leaveTurn(before);
		known.put(now.id(), now);
		if (now.isWaiting()) waiting.computeIfAbsent(now.turn(), _ -> new TreeSet<>(OLDEST_FIRST)).add(now);
		if (now.inFlight() > 0) {
			underWay.add(now.id());
		} else {
			underWay.remove(now.id());
		}
	}

	void remove(UUID id) {
		OpenImport before = known.remove(id);
		if (before != null) leaveTurn(before);
		underWay.remove(id);
		suspended.remove(id);
	}

	private void leaveTurn(OpenImport before) {
		NavigableSet<OpenImport> turn = waiting.get(before.turn());
		if (turn != null && turn.remove(before) && turn.isEmpty()) waiting.remove(before.turn());
	}

	/** Leaves out an import that cannot be dispatched, so that it does not hold up the others. */
	void suspend(UUID id, Instant until) {
		suspended.put(id, until);
	}

	void clear() {
		known.clear();
		waiting.clear();
		underWay.clear();
		suspended.clear();
	}

	/** Ids that are here and not in {@code others}. */
	List<UUID> missingIn(Collection<OpenImport> others) {
		Set<UUID> found = new HashSet<>();
		others.forEach(each -> found.add(each.id()));
		return known.keySet().stream().filter(id -> !found.contains(id)).toList();
	}

	int size() {
		return known.size();
	}

	/**
	 * Rows whose outcome is awaited. Not counted are those of imports that get none while others do (their commands may be
	 * dead letters): else enough of them would fill the window for ever.
	 */
	int inFlight() {
		return underWay().filter(each -> !isStalled(each)).mapToInt(OpenImport::inFlight).sum();
	}

	private boolean isStalled(OpenImport each) {
		return each.progressAt().plus(stalledAfter).isBefore(latestOutcome);
	}

	/** An import whose rows have waited for their outcomes for too long. */
	Optional<OpenImport> overdue(Instant now, Duration after) {
		return underWay().filter(each -> each.isOverdue(now, after) && !isSuspended(each, now))
				.min(Comparator.comparing(OpenImport::progressAt));
	}

	private Stream<OpenImport> underWay() {
		return underWay.stream().map(known::get);
	}

	/** One turn: where it stands in its imports, oldest first. */
	private final class Turn {
		private final Iterator<OpenImport> imports;
		private @Nullable OpenImport current;
		private int position;

		Turn(Collection<OpenImport> imports, Instant now) {
			this.imports = imports.stream().filter(each -> !isSuspended(each, now)).iterator();
			advance();
		}

		private void advance() {
			current = imports.hasNext() ? imports.next() : null;
			position = current == null ? 0 : current.dispatched();
		}

		@Nullable
		Slice take(int rows) {
			OpenImport from = current;
			if (from == null) return null;
			Slice slice = new Slice(from, position + 1, Math.min(position + rows, from.total()));
			position = slice.to();
			if (position == from.total()) advance();
			return slice;
		}
	}

	private boolean isSuspended(OpenImport each, Instant now) {
		Instant until = suspended.get(each.id());
		return until != null && until.isAfter(now);
	}

	/** What to dispatch next, in this order; nothing is taken off before {@link #dispatched}. */
	List<Slice> next(int rows, int chunk, int slices, Instant now) {
		List<Slice> next = new ArrayList<>();
		Set<UUID> files = new HashSet<>();
		long bytes = 0;
		int free = rows;
		Deque<Turn> ring = ring(rows, now);
		while (free > 0 && !ring.isEmpty() && next.size() < slices) {
			Turn turn = ring.removeFirst();
			Slice slice = turn.take(Math.min(chunk, free));
			if (slice == null) continue;
			if (files.add(slice.of().id())) bytes += slice.of().bytes();
			if (bytes > MAX_BYTES && !next.isEmpty()) break;
			next.add(slice);
			free -= slice.to() - slice.from() + 1;
			lastTurn = slice.of().turn();
			ring.addLast(turn);
		}
		return next;
	}

	/** The turns that can be served, from the one after the last served. */
	private Deque<Turn> ring(int atMost, Instant now) {
		Deque<Turn> ring = new ArrayDeque<>();
		Stream.concat(waiting.tailMap(lastTurn, false).values().stream(),
				waiting.headMap(lastTurn, true).values().stream())
				.limit(atMost).forEach(imports -> ring.add(new Turn(imports, now)));
		return ring;
	}

	/** {@code records} of the import, from the first, are on the topic. */
	void dispatched(UUID id, int records, Instant at) {
		OpenImport before = known.get(id);
		if (before == null) return;
		put(new OpenImport(id, before.turn(), before.submittedAt(), before.total(), before.bytes(), records,
				before.done(), at, before.redispatches()));
	}
}
