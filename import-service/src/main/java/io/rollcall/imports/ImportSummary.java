package io.rollcall.imports;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.outcome.Counts;

/**
 * An import without its rows: what the screen shows of it, while it runs and after.
 *
 * @param startedAt when the first of its rows was dispatched
 * @param changedSincePreview of one that commits a dry run: how many rows have ended otherwise than foretold
 * @param committedAs of a dry run: the import that committed it
 * @param keptUntil when its file, rows and error file are deleted; absent once they are
 */
public record ImportSummary(UUID id, Submission submission, int total, int dispatched, Counts counts,
		@Nullable Instant startedAt, @Nullable Instant completedAt, int changedSincePreview,
		@Nullable UUID committedAs, @Nullable Instant keptUntil) {
	public boolean isCompleted() {
		return completedAt != null;
	}

	/** The other imports that it refers to. */
	public Stream<UUID> others() {
		return Stream.of(Optional.ofNullable(submission.previewOf()), Optional.ofNullable(submission.sameContentAs()),
				Optional.ofNullable(committedAs)).flatMap(Optional::stream);
	}

	/** The guide's message (Table 5); absent until each row has ended. */
	public @Nullable String message() {
		return isCompleted() ? Messages.completed(counts, submission.dryRun()) : null;
	}
}
