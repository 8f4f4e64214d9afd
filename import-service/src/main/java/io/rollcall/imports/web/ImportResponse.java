package io.rollcall.imports.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.FollowUp;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.draft.Standing;
import io.rollcall.imports.outcome.Counts;

/**
 * An import. {@code processed} counts those that ended well so far, {@code done} all that ended, {@code dispatched} all that
 * are under way or further; {@code message} is there when it is completed.
 *
 * @param warned how many have warnings
 * @param deactivated of an undo: how many of those that are updated were deactivated
 * @param mails that follow from what has ended so far; of a dry run: that would follow
 * @param previewOf the dry run that it commits; absent when it is out of the caller's sight
 * @param changedSincePreview how many rows have ended otherwise than that dry run said; absent when it commits none
 * @param committedAs of a dry run: the import that committed it; absent when it is out of the caller's sight
 * @param corrections records with a correction that is not sent yet
 * @param open rejected records that no later import took over, and those of the later ones
 * @param correctionOf the import whose rejected records it takes over; absent when it is out of the caller's sight
 * @param followUps the imports that took over rejected records of it, those within the caller's sight
 * @param undo whether it takes another one back
 * @param undoOf the import that it takes back; absent when it is out of the caller's sight
 * @param undoUntil until when it can be undone, also once more; absent when there is nothing to undo
 * @param undoneAt when it was last undone, also by an import out of the caller's sight
 * @param undoneBy the last of the imports that took it back, of those within the caller's sight
 * @param keptUntil when file, rows and error file are deleted; absent once they are
 */
record ImportResponse(UUID id, String action, boolean dryRun, String fileName, String status, int total, int processed,
		int rejected, int created, int updated, int unchanged, int warned, int deactivated, int done, int dispatched,
		@Nullable String message,
		String submittedBy, Instant submittedAt, @Nullable Instant completedAt, int mails, @Nullable UUID previewOf,
		@Nullable Integer changedSincePreview, @Nullable UUID committedAs, @Nullable Instant keptUntil,
		List<Warning> warnings, int corrections, int open, @Nullable UUID correctionOf, List<UUID> followUps,
		boolean undo, @Nullable UUID undoOf, @Nullable Instant undoUntil, @Nullable Instant undoneAt,
		@Nullable UUID undoneBy) {
	/**
	 * Something that is no fault but may be a mistake.
	 *
	 * @param importId the import it is about; absent when it is out of the caller's sight
	 */
	record Warning(String code, @Nullable UUID importId, String message) {}

	/**
	 * @param seen of the imports that it refers to, those that may be named
	 * @param undoUntil until when it can be undone
	 * @param undos the imports that took it back, newest first
	 */
	static ImportResponse of(ImportSummary summary, Standing standing, Set<UUID> seen, @Nullable Instant undoUntil,
			List<ImportSummary> undos) {
		Submission submission = summary.submission();
		Submitter submitter = submission.submitter();
		Counts counts = summary.counts();
		return new ImportResponse(summary.id(), submission.action().name().toLowerCase(Locale.ROOT),
				submission.dryRun(), submission.fileName(), summary.isCompleted() ? "completed" : "processing",
				summary.total(), counts.processed(), counts.rejected(), counts.created(), counts.updated(),
				counts.unchanged(), counts.warned(), counts.deactivated(), counts.done(),
				Math.max(summary.dispatched(), counts.done()),
				summary.message(), submitter.shown(), submission.submittedAt(),
				summary.completedAt(), counts.mails(), ifSeen(submission.previewOf(), seen),
				submission.previewOf() == null ? null : summary.changedSincePreview(),
				ifSeen(summary.committedAs(), seen), summary.keptUntil(), warnings(submission, seen),
				standing.corrections(), standing.open(), ifSeen(submission.correctionOf(), seen),
				summary.followUps().stream().map(FollowUp::importId).filter(seen::contains).toList(),
				submission.undoOf() != null, ifSeen(submission.undoOf(), seen), undoUntil,
				undos.isEmpty() ? null : undos.getFirst().submission().submittedAt(),
				undos.stream().map(ImportSummary::id).filter(seen::contains).findFirst().orElse(null));
	}

	private static @Nullable UUID ifSeen(@Nullable UUID id, Set<UUID> seen) {
		return id != null && seen.contains(id) ? id : null;
	}

	private static List<Warning> warnings(Submission submission, Set<UUID> seen) {
		UUID same = submission.sameContentAs();
		return same == null
				? List.of()
				: List.of(new Warning("same-content", ifSeen(same, seen),
						"The same file was uploaded a short time ago."));
	}
}
