package io.rollcall.user.request.persistence;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.request.RequestKeys;
import io.rollcall.user.testing.Repositories;

import static org.assertj.core.api.Assertions.assertThat;

class MongoRequestKeysTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");

	private final Repositories repositories = Repositories.at(NOW);
	private final RequestKeys keys = repositories.get(RequestKeys.class);

	@AfterEach
	void close() {
		repositories.close();
	}

	@Test
	void keyStaysWithTheRequestItWasFirstTakenFor() {
		assertThat(keys.claim("key", "a")).isTrue();
		assertThat(keys.claim("key", "a")).isTrue();
		assertThat(keys.claim("key", "b")).isFalse();
		assertThat(keys.claim("key", "a")).isTrue();
		assertThat(keys.claim("another", "b")).isTrue();
	}

	@Test
	void keyThatIsGivenBackMayBeTakenForAnything() {
		keys.claim("key", "a");
		keys.claim("kept", "a");
		keys.release("key");
		assertThat(keys.claim("key", "b")).isTrue();
		assertThat(keys.claim("key", "a")).isFalse();
		assertThat(keys.claim("kept", "b")).isFalse();
	}

	@Test
	void keyIsKeptForADay() {
		keys.claim("key", "a");
		repositories.get(Retention.class).sweep(NOW.plus(Duration.ofDays(1)));
		assertThat(keys.claim("key", "b")).isFalse();
		repositories.get(Retention.class).sweep(NOW.plus(Duration.ofDays(1)).plusMillis(1));
		assertThat(keys.claim("key", "b")).isTrue();
	}
}
