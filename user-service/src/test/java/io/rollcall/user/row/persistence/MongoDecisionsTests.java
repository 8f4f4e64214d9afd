package io.rollcall.user.row.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.row.Decisions;
import io.rollcall.user.row.Outcome;
import io.rollcall.user.testing.Repositories;

import static org.assertj.core.api.Assertions.assertThat;

class MongoDecisionsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

	private final Repositories repositories = Repositories.at(NOW);

	@AfterEach
	void close() {
		repositories.close();
	}

	@Test
	void decisionIsForgottenWhenItsCommandCannotComeAgain() {
		Decisions decisions = repositories.get(Decisions.class);
		decisions.remember(Map.of("a/1", new Outcome.Rejected(List.of(Fault.EMAIL_FORMAT))));
		repositories.get(Retention.class).sweep(NOW.plus(Duration.ofDays(60)));
		assertThat(decisions.find(List.of("a/1"))).containsKey("a/1");
		repositories.get(Retention.class).sweep(NOW.plus(Duration.ofDays(60).plusMillis(1)));
		assertThat(decisions.find(List.of("a/1"))).isEmpty();
	}
}
