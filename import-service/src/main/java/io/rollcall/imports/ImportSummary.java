package io.rollcall.imports;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** An import without its rows: what the screen shows of it, while it runs and after. */
public record ImportSummary(UUID id, Submission submission, int total, int dispatched, Counts counts,
		@Nullable Instant completedAt) {
	public boolean isCompleted() {
		return completedAt != null;
	}

	/** The guide's message (Table 5); absent until each row has ended. */
	public @Nullable String message() {
		return isCompleted() ? Messages.completed(counts, submission.dryRun()) : null;
	}
}
