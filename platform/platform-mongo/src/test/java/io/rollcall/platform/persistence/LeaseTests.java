package io.rollcall.platform.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.rollcall.testing.Backend;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.set;
import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(Backend.class)
class LeaseTests {
	private static final Duration DURATION = Duration.ofSeconds(4);

	private static MongoClient client;

	@Parameter
	Backend backend;
	private final MongoDatabase database = client.getDatabase("leases-" + UUID.randomUUID());
	private final MongoCollection<Document> stored = database.getCollection("leases");
	private final Leases leases = new Leases(database);
	private long seconds;

	@BeforeParameterizedClassInvocation
	static void connect(Backend backend) {
		client = MongoClients.create(backend.mongo());
	}

	@AfterParameterizedClassInvocation
	static void disconnect() {
		client.close();
	}

	@AfterEach
	void drop() {
		database.drop();
	}

	private long nanoTime() {
		return Duration.ofSeconds(seconds).toNanos();
	}

	private Lease lease(String name) {
		return new Lease(leases, name, DURATION, this::nanoTime);
	}

	@Nested
	class ThatSeveralWant {
		private final Lease first = lease("dispatcher");
		private final Lease second = lease("dispatcher");

		@Test
		void oneHoldsItAsLongAsItAsks() {
			for (seconds = 0; seconds < 60; seconds++) {
				assertThat(first.isHeld()).isTrue();
				assertThat(second.isHeld()).isFalse();
			}
		}

		@Test
		void anotherTakesOverWhenTheHolderIsSilent() {
			assertThat(first.isHeld()).isTrue();
			assertThat(second.isHeld()).isFalse();
			seconds = 3;
			assertThat(second.isHeld()).isFalse();
			seconds = 4;
			assertThat(second.isHeld()).isTrue();
			assertThat(first.isHeld()).as("it was paused and does not know").isFalse();
		}

		@Test
		void aPauseIsNoLossWhenNobodyHasTakenItMeanwhile() {
			assertThat(first.isHeld()).isTrue();
			seconds = 60;
			assertThat(first.isHeld()).isTrue();
			assertThat(second.isHeld()).isFalse();
		}

		@Test
		void anotherTakesOverAtOnceWhenTheHolderLetsGo() {
			assertThat(first.isHeld()).isTrue();
			first.release();
			assertThat(second.isHeld()).isTrue();
			assertThat(first.isHeld()).isFalse();
		}

		@Test
		void aSignOfLifeWhoseAnswerWasLostIsRecognised() {
			assertThat(first.isHeld()).isTrue();
			stored.updateOne(eq("dispatcher"), inc("count", 1L));
			seconds = 1;
			assertThat(first.isHeld()).isTrue();
		}

		@Test
		void whatAnOlderReleaseLetGoIsFree() {
			stored.insertOne(new Document("_id", "dispatcher").append("holder", "").append("count", 7L));
			assertThat(first.isHeld()).isTrue();
			assertThat(second.isHeld()).isFalse();
		}

		@Test
		void whatAnOlderReleaseHoldsIsItsUntilItIsSilent() {
			stored.insertOne(new Document("_id", "dispatcher").append("holder", "older").append("count", 7L));
			assertThat(first.isHeld()).isFalse();
			seconds = 3;
			stored.updateOne(eq("dispatcher"), set("count", 8L));
			assertThat(first.isHeld()).isFalse();
			seconds = 6;
			assertThat(first.isHeld()).isFalse();
			seconds = 7;
			assertThat(first.isHeld()).isTrue();
		}
	}

	@Nested
	class OfOnesOwn {
		private final Lease mine = lease("host:8080");

		@Test
		void itIsCertainForTheDurationAfterTheLastSignWasAboutToBeGiven() {
			assertThat(mine.isCertain()).isFalse();
			mine.seize();
			String holder = mine.holder();
			for (seconds = 0; seconds < 4; seconds++)
				assertThat(mine.isCertainlyOf(holder)).isTrue();
			assertThat(mine.isCertainlyOf(holder)).isFalse();
			seconds = 3;
			assertThat(mine.renew()).isTrue();
			seconds = 6;
			assertThat(mine.isCertainlyOf(holder)).isTrue();
		}

		@Test
		void afterALossItIsHeldAsSomebodyElse() {
			mine.seize();
			String before = mine.holder();
			mine.doubt();
			assertThat(mine.isCertain()).isFalse();
			mine.seize();
			assertThat(mine.isCertain()).isTrue();
			assertThat(mine.isCertainlyOf(before)).isFalse();
		}

		@Test
		void whoHasTheNameTwiceFindsOut() {
			mine.seize();
			Lease twin = lease("host:8080");
			twin.seize();
			seconds = 1;
			assertThat(mine.renew()).isFalse();
			assertThat(mine.isCertain()).isFalse();
			assertThat(mine.isAnothers()).isTrue();
			mine.release();
			assertThat(twin.renew()).isTrue();
			assertThat(twin.isAnothers()).isFalse();
		}

		@Test
		void whatWasTakenAwayIsLostAndNobodyElses() {
			mine.seize();
			stored.deleteOne(eq("host:8080"));
			seconds = 1;
			assertThat(mine.renew()).isFalse();
			assertThat(mine.isAnothers()).isFalse();
		}
	}

	@Nested
	class OfWhomOthersSee {
		private final Lookout lookout = new Lookout(leases, DURATION, LeaseTests.this::nanoTime);

		@Test
		void whoGivesSignsLivesAndWhoIsSilentForTheDurationDoesNot() {
			Lease silent = lease("silent");
			Lease living = lease("living");
			silent.seize();
			living.seize();
			for (seconds = 0; seconds < 4; seconds++) {
				assertThat(living.renew()).isTrue();
				assertThat(lookout.living()).containsExactlyInAnyOrder(silent.holder(), living.holder());
			}
			assertThat(silent.isCertain()).as("it knows first").isFalse();
			assertThat(lookout.living()).containsExactly(living.holder());
			silent.seize();
			assertThat(lookout.living()).contains(silent.holder());
			living.release();
			assertThat(lookout.living()).containsExactly(silent.holder());
		}

		/** They wrote when others were to take them for dead, each by its own clock. */
		@Test
		void instancesOfAnOlderReleaseLiveAsLongAsTheirSignsChangeWhateverTheirClocksSay() {
			MongoCollection<Document> senders = database.getCollection("senders");
			var both = new Leases(senders, "owner", () -> new Document("aliveUntil", Date.from(Instant.EPOCH)));
			var looking = new Lookout(both, DURATION, LeaseTests.this::nanoTime);
			senders.insertOne(new Document("_id", "a").append("owner", "a#1").append("aliveUntil",
					Date.from(Instant.parse("2001-01-01T00:00:00Z"))));
			var mine = new Lease(both, "b", DURATION, LeaseTests.this::nanoTime);
			mine.seize();
			for (seconds = 0; seconds < 12; seconds += 3) {
				assertThat(looking.living()).containsExactlyInAnyOrder("a#1", mine.holder());
				assertThat(mine.renew()).isTrue();
				senders.updateOne(eq("a"), set("aliveUntil", Date.from(Instant.ofEpochSecond(seconds))));
			}
			assertThat(looking.living()).contains("a#1");
			seconds += 4;
			assertThat(looking.living()).doesNotContain("a#1");
			List<Document> all = senders.find().into(new ArrayList<>());
			assertThat(all).allSatisfy(it -> assertThat(it).containsKeys("owner", "aliveUntil"));
		}
	}
}
