package io.rollcall.imports.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.OpenImport;
import io.rollcall.imports.outcome.Counts;

/**
 * How an import goes.
 *
 * @param done rows that have ended, {@code rejected} among them
 * @param dispatched rows that are under way or have ended
 * @param rate rows a second since the first was dispatched
 * @param secondsLeft at this rate; absent before the first row has ended
 * @param importsAhead imports whose rows go before these: older ones of the same district. The other districts take turns
 * with it and are not ahead
 * @param rowsAhead their rows that have not been dispatched
 * @param message as in the summary; absent until the import is completed
 */
public record Progress(UUID id, String status, int total, int done, int rejected, int dispatched, double rate,
		@Nullable Long secondsLeft, int importsAhead, int rowsAhead, @Nullable String message) {
	private static final Duration SHORTEST = Duration.ofMillis(100);

	/** @param open all imports that are not completed, as far as known */
	static Progress of(ImportSummary summary, List<OpenImport> open, Instant now) {
		Counts counts = summary.counts();
		int imports = 0;
		int rows = 0;
		if (!summary.isCompleted() && summary.dispatched() < summary.total()) {
			String turn = summary.submission().turnOf(summary.id());
			Instant submittedAt = summary.submission().submittedAt();
			for (OpenImport other : open) {
				if (other.turn().equals(turn) && other.isWaiting() && other.submittedAt().isBefore(submittedAt)) {
					imports++;
					rows += other.total() - other.dispatched();
				}
			}
		}
		double rate = rate(summary, now);
		return new Progress(summary.id(), summary.isCompleted() ? "completed" : "processing", summary.total(),
				counts.done(), counts.rejected(), Math.max(summary.dispatched(), counts.done()), rate,
				secondsLeft(summary, rate), imports, rows, summary.message());
	}

	private static double rate(ImportSummary summary, Instant now) {
		Instant start = summary.startedAt();
		Instant completed = summary.completedAt();
		// The first rows can have ended before it is noted that they were dispatched, or by the file itself.
		if (start == null && completed == null) return 0;
		if (start == null) start = summary.submission().submittedAt();
		Duration took = Duration.between(start, completed == null ? now : completed);
		double seconds = (took.compareTo(SHORTEST) < 0 ? SHORTEST : took).toMillis() / 1e3;
		return Math.round(summary.counts().done() / seconds * 10) / 10.0;
	}

	private static @Nullable Long secondsLeft(ImportSummary summary, double rate) {
		if (summary.isCompleted()) return 0L;
		return rate == 0 ? null : (long) Math.ceil((summary.total() - summary.counts().done()) / rate);
	}

	/** Not an "is", which would be one field more of what is answered. */
	public boolean hasEnded() {
		return status.equals("completed");
	}

	/** Names the state that it shows: two with the same have nothing to tell each other. For {@code Last-Event-ID}. */
	public String state() {
		return hasEnded() ? status : done + "." + dispatched + "." + rowsAhead;
	}
}
