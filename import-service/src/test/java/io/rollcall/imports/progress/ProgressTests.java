package io.rollcall.imports.progress;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.OpenImport;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.outcome.Counts;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTests {
	private static final Instant NOON = Instant.parse("2026-03-31T12:00:00Z");

	private static ImportSummary summary(int dispatched, int done, @Nullable Instant startedAt) {
		var submitter = new Submitter(UUID.randomUUID(), "u", "DTC", Set.of("A"), Set.of("A"), Set.of());
		var submission = new Submission(Action.ADD, false, "f.csv", "00", 100, submitter, NOON, "", null, null, null,
				null, null);
		return new ImportSummary(UUID.randomUUID(), submission, 200, dispatched, new Counts(done, 0, 0, 0, 0, 0),
				startedAt, null, 0, null, List.of(), NOON);
	}

	private static OpenImport other(String turn, int seconds, int total, int dispatched) {
		Instant at = NOON.plusSeconds(seconds);
		return new OpenImport(UUID.randomUUID(), turn, at, total, 1000, dispatched, 0, at, 0);
	}

	@Test
	void aheadAreTheOlderImportsOfTheSameDistrictAsFarAsTheyWait() {
		var open = List.of(other("A", -20, 200, 200), other("A", -10, 200, 150), other("A", -5, 30, 0),
				other("A", 5, 200, 0), other("B", -10, 200, 0));
		Progress progress = Progress.of(summary(0, 0, null), open, NOON.plusSeconds(1));
		assertThat(progress.importsAhead()).isEqualTo(2);
		assertThat(progress.rowsAhead()).isEqualTo(80);
		assertThat(progress.rate()).isZero();
		assertThat(progress.secondsLeft()).as("nobody knows yet").isNull();
		assertThat(Progress.of(summary(200, 0, NOON), open, NOON).rowsAhead()).as("all on their way").isZero();
	}

	@Test
	void whatTheFileDecidesIsDoneAndHasNoRate() {
		Progress progress = Progress.of(summary(0, 3, null), List.of(), NOON.plusSeconds(60));
		assertThat(progress.done()).isEqualTo(3);
		assertThat(progress.rate()).isZero();
		assertThat(progress.secondsLeft()).as("nobody knows yet").isNull();
	}

	@Test
	void rateCountsFromTheFirstDispatchAndSaysHowLongStill() {
		Progress progress = Progress.of(summary(120, 50, NOON.plusSeconds(10)), List.of(), NOON.plusSeconds(15));
		assertThat(progress.rate()).isEqualTo(10);
		assertThat(progress.secondsLeft()).isEqualTo(15);
	}
}
