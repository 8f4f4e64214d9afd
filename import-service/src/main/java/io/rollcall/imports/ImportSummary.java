package io.rollcall.imports;

import java.time.Instant;
import java.util.List;
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
 * @param followUps imports that took over rejected records of it
 * @param keptUntil when its file, rows and error file are deleted; absent once they are
 */
public record ImportSummary(UUID id, Submission submission, int total, int dispatched, Counts counts,
		@Nullable Instant startedAt, @Nullable Instant completedAt, int changedSincePreview,
		@Nullable UUID committedAs, List<FollowUp> followUps, @Nullable Instant keptUntil) {
	public boolean isCompleted() {
		return completedAt != null;
	}

	/** The other imports that it refers to. */
	public Stream<UUID> others() {
		return Stream.concat(takenOverBy(), Stream.of(Optional.ofNullable(submission.previewOf()),
				Optional.ofNullable(submission.sameContentAs()), Optional.ofNullable(submission.correctionOf()),
				Optional.ofNullable(submission.undoOf())).flatMap(Optional::stream));
	}

	/** The imports that went on with records of it: the one that committed it, or its follow-ups. */
	public Stream<UUID> takenOverBy() {
		return Stream.concat(Stream.ofNullable(committedAs), followUps.stream().map(FollowUp::importId));
	}

	public boolean isTakenOverBy(UUID id) {
		return takenOverBy().anyMatch(id::equals);
	}

	/** The guide's message (Table 5), of an undo one of our own; absent until each row has ended. */
	public @Nullable String message() {
		return isCompleted() ? Messages.completed(counts, submission.dryRun(), submission.undoOf() != null) : null;
	}
}
