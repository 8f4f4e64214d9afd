package io.rollcall.imports.undo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportSettings;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Imports;
import io.rollcall.imports.Imports.Receipt;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.UploadedFiles;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.Undone;
import io.rollcall.platform.Sha256;
import io.rollcall.platform.Traceparent;
import io.rollcall.platform.security.Caller;

/**
 * Takes imports back. An undo is an import of its own, of the records that created or updated somebody; user-service decides what of
 * them is taken back, by how the accounts are then. So an import can be undone as often as somebody likes: what is taken back already
 * is not taken back again, and what one person may not take back another may.
 */
@Service
public class Undos {
	private final ImportRepository repository;
	private final UploadedFiles files;
	private final Imports imports;
	private final ImportSettings settings;
	private final Clock clock;

	Undos(ImportRepository repository, UploadedFiles files, Imports imports, ImportSettings settings, Clock clock) {
		this.repository = repository;
		this.files = files;
		this.imports = imports;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * How an import is to be undone.
	 *
	 * @param used the records whose new accounts are deactivated also if somebody has signed in to them
	 * @param idempotencyKey the client's; the same wish with the same key has one undo
	 */
	public record Wish(boolean dryRun, Set<Integer> used, @Nullable String idempotencyKey) {}

	/** What became of the wish to undo an import. */
	public sealed interface Undo {
		/** The records were handed in. */
		record HandedIn(Receipt receipt) implements Undo {}

		/** Not all of its rows have ended. */
		record NotCompleted() implements Undo {}

		/** It is a dry run, or created and updated nobody. */
		record NothingToUndo() implements Undo {}

		/** It is an undo itself. */
		record OfUndo() implements Undo {}

		record TooLate(Duration within) implements Undo {}

		/** Its rows are deleted by now. */
		record NoLongerKept() implements Undo {}
	}

	/** Undoes an import that the caller has found. */
	public Undo undo(ImportSummary found, Wish wish, Caller caller) {
		Submission of = found.submission();
		Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it is stored
		if (of.undoOf() != null) return new Undo.OfUndo();
		if (!of.dryRun() && !found.isCompleted()) return new Undo.NotCompleted();
		Optional<Instant> until = until(found);
		if (until.isEmpty()) return new Undo.NothingToUndo();
		if (until.get().isBefore(now) && !isAskedAgain(wish, caller)) return new Undo.TooLate(settings.undoWithin());
		Optional<ImportedRows> rows = repository.rows(found.id());
		Optional<byte[]> content = files.find(found.id());
		if (rows.isEmpty() || content.isEmpty()) return new Undo.NoLongerKept();
		SortedSet<Integer> records = effective(rows.get());
		return new Undo.HandedIn(imports.undo(submission(found, wish, now, caller), rows.get().file().part(records),
				undone(rows.get(), records, wish.used()), content.get(), caller));
	}

	/** Whoever asks again because the answer was lost is told of the undo that there is, after its time, too. */
	private boolean isAskedAgain(Wish wish, Caller caller) {
		String key = Submission.key(Submitter.of(caller), wish.idempotencyKey());
		return key != null && repository.findByIdempotencyKey(key).isPresent();
	}

	private static Submission submission(ImportSummary found, Wish wish, Instant now, Caller caller) {
		Submission of = found.submission();
		Submitter submitter = Submitter.of(caller);
		// Not the file's own: whoever uploads that again has not undone it a moment ago.
		String sha256 = Sha256.hex("undo %s %s".formatted(found.id(), new TreeSet<>(wish.used())));
		return new Submission(of.action(), wish.dryRun(), of.fileName(), sha256, of.bytes(), submitter, now,
				Traceparent.start(), Submission.key(submitter, wish.idempotencyKey()), null, null, null, null,
				found.id());
	}

	/** Until when it can be undone, whoever may; empty when there is nothing to undo, and as long as that is not known. */
	public Optional<Instant> until(ImportSummary found) {
		Submission of = found.submission();
		return of.dryRun() || of.undoOf() != null || found.counts().effective() == 0
				? Optional.empty()
				: Optional.ofNullable(found.completedAt()).map(it -> it.plus(settings.undoWithin()));
	}

	/** The imports that took back those of {@code found} that are undone, newest first, also out of anybody's sight; no dry runs. */
	public Map<UUID, List<ImportSummary>> of(Collection<ImportSummary> found) {
		return repository.undosOf(found.stream().map(ImportSummary::id).toList()).stream()
				.collect(Collectors.groupingBy(it -> Objects.requireNonNull(it.submission().undoOf())));
	}

	/** The records that created or updated somebody. */
	private static SortedSet<Integer> effective(ImportedRows rows) {
		SortedSet<Integer> records = new TreeSet<>();
		rows.outcomes().forEach((record, outcome) -> {
			switch (outcome) {
				case Outcome.Created _,Outcome.Updated _ -> records.add(record);
				case Outcome.Unchanged _,Outcome.Rejected _ -> {
				}
			}
		});
		return records;
	}

	private static Map<Integer, Undone> undone(ImportedRows rows, SortedSet<Integer> records, Set<Integer> used) {
		Map<Integer, Undone> undone = new TreeMap<>();
		for (int record : records) {
			Outcome outcome = rows.outcomes().get(record);
			if (outcome == null) throw new IllegalStateException("a record that has not ended");
			undone.put(undone.size() + 1,
					new Undone(record, rows.handedInAt(record), outcome, used.contains(record)));
		}
		return undone;
	}
}
