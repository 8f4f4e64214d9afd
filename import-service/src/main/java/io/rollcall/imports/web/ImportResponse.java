package io.rollcall.imports.web;

import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.Counts;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;

/**
 * An import. {@code processed} counts those that ended well so far, {@code done} all that ended, {@code dispatched} all that
 * are under way or further; {@code message} is there when it is completed.
 */
record ImportResponse(UUID id, String action, boolean dryRun, String fileName, String status, int total, int processed,
		int rejected, int created, int updated, int unchanged, int done, int dispatched, @Nullable String message,
		String submittedBy, Instant submittedAt, @Nullable Instant completedAt) {
	static ImportResponse of(ImportSummary summary) {
		Submission submission = summary.submission();
		Submitter submitter = submission.submitter();
		Counts counts = summary.counts();
		String username = submitter.username();
		return new ImportResponse(summary.id(), submission.action().name().toLowerCase(Locale.ROOT),
				submission.dryRun(), submission.fileName(), summary.isCompleted() ? "completed" : "processing",
				summary.total(), counts.processed(), counts.rejected(), counts.created(), counts.updated(),
				counts.unchanged(), counts.done(), Math.max(summary.dispatched(), counts.done()), summary.message(),
				username == null ? submitter.accountId().toString() : username, submission.submittedAt(),
				summary.completedAt());
	}
}
