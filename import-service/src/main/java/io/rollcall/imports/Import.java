package io.rollcall.imports;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.outcome.Counts;
import io.rollcall.imports.outcome.Outcome;

/** An import while its rows end one after another. It completes with the last of them. */
public final class Import {
	/** What an outcome meant to the import. */
	public enum Recording {
		RECORDED,
		/** The row had ended before; that stays. */
		DUPLICATE,
		/** The import has no such row. */
		NO_SUCH_ROW
	}

	private final OpenImport before;
	private final long version;
	private final NavigableMap<Integer, Outcome> outcomes;
	private final Map<Integer, Outcome> preview;
	private Instant progressAt;
	private @Nullable Instant completedAt;
	private boolean changed;

	/**
	 * @param outcomes by record number
	 * @param preview what the dry run foretold that it commits, by record number; empty when it commits none
	 */
	public Import(OpenImport before, long version, NavigableMap<Integer, Outcome> outcomes,
			Map<Integer, Outcome> preview, @Nullable Instant completedAt) {
		this.before = before;
		this.version = version;
		this.outcomes = new TreeMap<>(outcomes);
		this.preview = Map.copyOf(preview);
		this.progressAt = before.progressAt();
		this.completedAt = completedAt;
	}

	/** The first outcome of a row stands; commands can be handled twice, and the second time is the one nobody saw. */
	public Recording record(int recordNumber, Outcome outcome, Instant now) {
		if (recordNumber < 1 || recordNumber > before.total()) return Recording.NO_SUCH_ROW;
		if (outcomes.putIfAbsent(recordNumber, outcome) != null) return Recording.DUPLICATE;
		changed = true;
		progressAt = now;
		if (outcomes.size() == before.total()) completedAt = now;
		return Recording.RECORDED;
	}

	public UUID id() {
		return before.id();
	}

	/** Of the state it was read in. */
	public long version() {
		return version;
	}

	public boolean isChanged() {
		return changed;
	}

	public NavigableMap<Integer, Outcome> outcomes() {
		return Collections.unmodifiableNavigableMap(outcomes);
	}

	public Counts counts() {
		return Counts.of(outcomes.values());
	}

	/** How many rows have ended otherwise than the preview said. */
	public int changedSincePreview() {
		return (int) outcomes.entrySet().stream().filter(ended -> {
			Outcome foretold = preview.get(ended.getKey());
			return foretold != null && !ended.getValue().isAsForetold(foretold);
		}).count();
	}

	public Instant progressAt() {
		return progressAt;
	}

	public @Nullable Instant completedAt() {
		return completedAt;
	}

	OpenImport progress() {
		return new OpenImport(before.id(), before.turn(), before.submittedAt(), before.total(), before.bytes(),
				before.dispatched(), outcomes.size(), progressAt, changed ? 0 : before.redispatches());
	}
}
