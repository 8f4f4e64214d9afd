package io.rollcall.user.request.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.request.Attempt;
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
		assertThat(keys.claim("key", "a")).contains(new Attempt.First());
		assertThat(keys.claim("key", "a")).contains(new Attempt.Unanswered(NOW));
		assertThat(keys.claim("key", "b")).isEmpty();
		keys.answered("key");
		assertThat(keys.claim("key", "a")).contains(new Attempt.Answered());
		assertThat(keys.claim("key", "b")).isEmpty();
		assertThat(keys.claim("another", "b")).contains(new Attempt.First());
	}

	@Test
	void keyThatIsGivenBackMayBeTakenForAnything() {
		keys.claim("key", "a");
		keys.claim("kept", "a");
		keys.release("key");
		assertThat(keys.claim("key", "b")).contains(new Attempt.First());
		assertThat(keys.claim("key", "a")).isEmpty();
		assertThat(keys.claim("kept", "b")).isEmpty();
	}

	@Test
	void keyIsNeverForgotten() {
		keys.claim("key", "a");
		keys.answered("key");
		repositories.get(Retention.class).sweep(NOW.plus(Duration.ofDays(10_000)));
		assertThat(keys.claim("key", "a")).contains(new Attempt.Answered());
		assertThat(keys.claim("key", "b")).isEmpty();
	}

	@Test
	void keyThatWasKeptForADayMayHaveBeenUsedAtAnyTime() {
		repositories.get(MongoDatabase.class).getCollection("request-keys").insertOne(
				new Document("_id", "key").append("fingerprint", "a").append("at", Date.from(NOW)));
		assertThat(keys.claim("key", "a")).contains(new Attempt.Unanswered(Instant.EPOCH));
	}
}
