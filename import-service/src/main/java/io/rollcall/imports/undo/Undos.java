package io.rollcall.imports.undo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

import org.springframework.stereotype.Service;

import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportSettings;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Imports;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.UploadQuota;
import io.rollcall.imports.file.UploadedFiles;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.Undone;
import io.rollcall.platform.Sha256;
import io.rollcall.platform.Traceparent;
import io.rollcall.platform.security.Caller;

/**
 * Takes imports back. An undo is an import of its own, of the records that created or updated somebody; user-service decides what of
 * them is taken back. An import has one undo, whose id follows from its own: there is nothing to be noted, and nothing that could be
 * half done. Its dry runs are as many as people make.
 */
@Service
public class Undos {
	private final ImportRepository repository;
	private final UploadedFiles files;
	private final Imports imports;
	private final UploadQuota quota;
	private final ImportSettings settings;
	private final Clock clock;

	Undos(ImportRepository repository, UploadedFiles files, Imports imports, UploadQuota quota, ImportSettings settings,
			Clock clock) {
		this.repository = repository;
		this.files = files;
		this.imports = imports;
		this.quota = quota;
		this.settings = settings;
		this.clock = clock;
	}

	/** What became of the wish to undo an import. */
	public sealed interface Undo {
		/** The import that was made; asked again, the same. */
		record Accepted(ImportSummary stored) implements Undo {}

		/** It was undone by somebody whose imports are out of the caller's sight. */
		record UndoneOutOfSight() implements Undo {}

		/** Not all of its rows have ended. */
		record NotCompleted() implements Undo {}

		/** It is a dry run, or created and updated nobody. */
		record NothingToUndo() implements Undo {}

		/** It is an undo itself. */
		record OfUndo() implements Undo {}

		record TooLate(Duration within) implements Undo {}

		/** Its rows are deleted by now. */
		record NoLongerKept() implements Undo {}

		record OverQuota(UploadQuota.Spent spent) implements Undo {}
	}

	/**
	 * Undoes an import that the caller has found.
	 *
	 * @param used the records whose new accounts are deactivated also if somebody has signed in to them; once it is undone, they make
	 * no difference
	 */
	public Undo undo(ImportSummary found, boolean dryRun, Set<Integer> used, Caller caller) {
		UUID id = dryRun ? UUID.randomUUID() : found.idOfUndo();
		if (repository.find(id).isPresent()) return accepted(id, caller);
		Submission of = found.submission();
		Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // as it is stored
		if (of.undoOf() != null) return new Undo.OfUndo();
		if (!of.dryRun() && !found.isCompleted()) return new Undo.NotCompleted();
		Optional<Instant> until = until(found);
		if (until.isEmpty()) return new Undo.NothingToUndo();
		if (until.get().isBefore(now)) return new Undo.TooLate(settings.undoWithin());
		Optional<ImportedRows> rows = repository.rows(found.id());
		Optional<byte[]> content = files.find(found.id());
		if (rows.isEmpty() || content.isEmpty()) return new Undo.NoLongerKept();
		SortedSet<Integer> records = effective(rows.get());
		// Not the file's own: whoever uploads that again has not undone it a moment ago.
		var submission = new Submission(of.action(), dryRun, of.fileName(), Sha256.hex("undo " + of.sha256()),
				of.bytes(), Submitter.of(caller), now, Traceparent.start(), null, null, null, null, null, found.id());
		Optional<UploadQuota.Spent> spent = quota.take(submission);
		if (spent.isPresent()) return new Undo.OverQuota(spent.get());
		Optional<ImportSummary> stored = imports.storeUndo(id, submission, rows.get().file().part(records),
				content.get(), undone(rows.get(), records, used));
		if (stored.isPresent()) return new Undo.Accepted(stored.get());
		quota.giveBack(submission);
		return accepted(id, caller);
	}

	/** Until when it can be undone, whoever may; empty when there is nothing to undo, and as long as that is not known. */
	public Optional<Instant> until(ImportSummary found) {
		Submission of = found.submission();
		return of.dryRun() || of.undoOf() != null || found.counts().effective() == 0
				? Optional.empty()
				: Optional.ofNullable(found.completedAt()).map(it -> it.plus(settings.undoWithin()));
	}

	/** When those of {@code found} that are undone were, by id, also by somebody out of anybody's sight. */
	public Map<UUID, Instant> undoneAt(Collection<ImportSummary> found) {
		Map<UUID, Instant> undone = new HashMap<>();
		for (ImportSummary it : repository.summaries(found.stream().map(ImportSummary::idOfUndo).toList())) {
			UUID of = it.submission().undoOf();
			if (of != null) undone.put(of, it.submission().submittedAt());
		}
		return undone;
	}

	private Undo accepted(UUID id, Caller caller) {
		return repository.find(id, caller).<Undo>map(Undo.Accepted::new).orElseGet(Undo.UndoneOutOfSight::new);
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
