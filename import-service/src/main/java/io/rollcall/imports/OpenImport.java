package io.rollcall.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The little that dispatching keeps in memory of an import. Every figure only grows, so that two views of one import are
 * merged into the later one whatever order they come in.
 *
 * @param turn in whose turn its rows go
 * @param dispatched that many records, from the first, are on the topic or had ended before they came there
 * @param done that many records have ended, also those that the file itself decides
 * @param progressAt when last a row was dispatched or ended
 * @param redispatches how often rows without an outcome were sent again since the last outcome
 */
public record OpenImport(UUID id, String turn, Instant submittedAt, int total, int bytes, int dispatched, int done,
		Instant progressAt, int redispatches) {
	public boolean isWaiting() {
		return done < total && dispatched < total;
	}

	public boolean isCompleted() {
		return done >= total;
	}

	/** Rows whose outcome is awaited; until all are dispatched, fewer by those that the file decides further down. */
	public int inFlight() {
		return Math.max(0, Math.min(dispatched, total) - done);
	}

	/** Whether its rows have waited so long that they are taken for lost; each time it doubles, up to 64 times. */
	public boolean isOverdue(Instant now, Duration after) {
		return inFlight() > 0 && progressAt.plus(after.multipliedBy(1L << Math.min(redispatches, 6))).isBefore(now);
	}

	public OpenImport mergedWith(OpenImport other) {
		boolean later = other.progressAt.isAfter(progressAt);
		return new OpenImport(id, turn, submittedAt, total, bytes, Math.max(dispatched, other.dispatched),
				Math.max(done, other.done), later ? other.progressAt : progressAt,
				later ? other.redispatches : redispatches);
	}
}
