package io.rollcall.imports;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.DecidedByFile;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Counts;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.Undone;

/**
 * An import as it comes in.
 *
 * @param decided by record number, what the file itself decides: it stands from the very write that stores the import
 * @param preview what the dry run foretold that it commits; empty when it commits none
 * @param undone what its rows take back, by record number; empty when it is no undo
 */
public record NewImport(UUID id, Submission submission, UserFile file, SortedMap<Integer, Outcome> decided,
		Map<Integer, Outcome> preview, Map<Integer, Undone> undone, Instant keptUntil) {
	public static NewImport of(UUID id, Submission submission, UserFile file, Map<Integer, Outcome> preview,
			Instant keptUntil) {
		return new NewImport(id, submission, file, DecidedByFile.of(file, submission.action()), preview, Map.of(),
				keptUntil);
	}

	/** One that takes back what these records did: user-service decides of all of them. */
	public static NewImport undoing(UUID id, Submission submission, UserFile file, Map<Integer, Undone> undone,
			Instant keptUntil) {
		return new NewImport(id, submission, file, Collections.emptySortedMap(), Map.of(), undone, keptUntil);
	}

	public int total() {
		return file.records().size();
	}

	public Counts counts() {
		return Counts.of(decided.values());
	}

	/** How many records the file now decides otherwise than foretold, as it does of some when others were corrected. */
	public int changedSincePreview() {
		return (int) decided.entrySet().stream().filter(it -> {
			Outcome foretold = preview.get(it.getKey());
			return foretold != null && !it.getValue().isAsForetold(foretold);
		}).count();
	}

	/** At once when nothing is left for anybody else to decide. */
	public @Nullable Instant completedAt() {
		return decided.size() == total() ? submission.submittedAt() : null;
	}

	ImportSummary summary() {
		return new ImportSummary(id, submission, total(), 0, counts(), null, completedAt(),
				changedSincePreview(), null, List.of(), keptUntil);
	}

	OpenImport progress() {
		return new OpenImport(id, submission.turnOf(id), submission.submittedAt(), total(), submission.bytes(), 0,
				decided.size(), submission.submittedAt(), 0);
	}
}
