package io.rollcall.imports.draft;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.platform.TemporarilyUnavailable;
import io.rollcall.platform.security.Caller;

/** Corrects the records of an import: before it is applied any of them, afterwards those that were rejected. */
@Service
public class Drafts {
	/** Each conflict means that another request got on. */
	static final int ATTEMPTS = 30;
	/** How many times over an import's rejected records are corrected. */
	private static final int DEEPEST = 20;

	private final DraftRepository drafts;
	private final ImportRepository imports;
	private final Clock clock;

	Drafts(DraftRepository drafts, ImportRepository imports, Clock clock) {
		this.drafts = drafts;
		this.imports = imports;
		this.clock = clock;
	}

	/** What became of the wish to correct records. */
	public sealed interface Correcting {
		record Corrected(Draft draft) implements Correcting {}

		/** Somebody else's: the rows will run with the rights of whoever uploaded them. */
		record NotOwn() implements Correcting {}

		/** Its rows are deleted by now. */
		record NoLongerKept() implements Correcting {}

		/** The draft is another one than the caller has seen. */
		record Stale() implements Correcting {}

		/** It is a dry run that is applied. */
		record Committed() implements Correcting {}

		/** It takes back what another import did: it has no records of its own. */
		record OfUndo() implements Correcting {}

		/** It was applied, and these records were not rejected, or are sent already. */
		record NotOpen(SortedSet<Integer> records) implements Correcting {}

		record TooLarge() implements Correcting {}

		/** It is the correction of a correction, too many times over. */
		record TooManyTimes() implements Correcting {}
	}

	/** The draft of an import that the caller has found. */
	public Draft of(ImportSummary found) {
		return drafts.find(found.id()).orElseGet(() -> Draft.none(found.id()));
	}

	/**
	 * Corrects records of an import that the caller has found. What others correct at the same time stays, cell by cell.
	 *
	 * @param edits of records that there are, each once
	 * @param seen the versions of which one must be the draft's; absent where it does not matter
	 */
	public Correcting correct(ImportSummary found, Collection<Edit> edits, @Nullable Set<Long> seen, Caller caller) {
		if (!found.submission().submitter().isAccountOf(caller)) return new Correcting.NotOwn();
		if (found.submission().undoOf() != null) return new Correcting.OfUndo();
		Instant keptUntil = found.keptUntil();
		Optional<ImportedRows> rows = imports.rows(found.id());
		if (keptUntil == null || !keptUntil.isAfter(now()) || rows.isEmpty()) return new Correcting.NoLongerKept();
		for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
			Draft draft = of(found);
			Draft edited = draft.edited(edits, found.submission().submitter().shown(), now());
			boolean isSo = edited.version() == draft.version(); // as when its answer was lost
			if (!isSo && seen != null && !seen.contains(draft.version())) return new Correcting.Stale();
			// Also of what changes nothing: a correction that is sent is not taken back by saying so.
			Optional<Correcting> refusal = refusal(found, rows.get(), draft, edits);
			if (refusal.isPresent()) return refusal.get();
			if (isSo) return new Correcting.Corrected(draft);
			if (edited.isLargerThan(draft)
					&& edited.isTooLargeFor(found.submission().bytes(), rows.get().file()))
				return new Correcting.TooLarge();
			if (drafts.save(edited, keptUntil)) return new Correcting.Corrected(edited);
		}
		throw new TemporarilyUnavailable("other requests keep changing the draft");
	}

	private Optional<Correcting> refusal(ImportSummary found, ImportedRows rows, Draft draft, Collection<Edit> edits) {
		if (found.submission().dryRun()) {
			return isCommitted(found, draft) ? Optional.of(new Correcting.Committed()) : Optional.empty();
		}
		if (draft.corrections().isEmpty() && isTooDeep(found)) return Optional.of(new Correcting.TooManyTimes());
		Set<Integer> sent = draft.sent();
		SortedSet<Integer> closed = edits.stream().map(Edit::recordNumber).filter(
				it -> sent.contains(it) || !(rows.outcomes().get(it) instanceof Outcome.Rejected))
				.collect(Collectors.toCollection(TreeSet::new));
		return closed.isEmpty() ? Optional.empty() : Optional.of(new Correcting.NotOpen(closed));
	}

	/** So that whoever looks at the first import need not go through a chain of any length. */
	private boolean isTooDeep(ImportSummary found) {
		int depth = 0;
		Optional<UUID> of = Optional.ofNullable(found.submission().correctionOf());
		while (of.isPresent() && depth++ < DEEPEST)
			of = imports.find(of.get()).flatMap(it -> Optional.ofNullable(it.submission().correctionOf()));
		return depth >= DEEPEST;
	}

	/** Also where an older release did it, which knows no drafts. */
	private boolean isCommitted(ImportSummary found, Draft draft) {
		return !draft.sendings().isEmpty() || found.committedAs() != null
				|| !imports.summaries(List.of(Commits.idOfCommit(found.id()))).isEmpty();
	}

	private Instant now() {
		return clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it is stored
	}
}
