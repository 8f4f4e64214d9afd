package io.rollcall.platform.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import io.rollcall.testing.Backend;
import io.rollcall.testing.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ParameterizedClass
@EnumSource(Backend.class)
class RetentionTests {
	/** So that MongoDB itself, which goes by its own clock, has no part in it. */
	private static final Instant NOON = Instant.now().plus(Duration.ofDays(1000));
	private static final Duration SOON = Duration.ofSeconds(90);

	private static MongoClient client;

	@Parameter
	Backend backend;
	private final ManualClock clock = new ManualClock(NOON);
	private MongoDatabase database;
	private MongoCollection<Document> notes;
	private Retention retention;

	@BeforeParameterizedClassInvocation
	static void connect(Backend backend) {
		client = MongoClients.create(backend.mongo());
	}

	@AfterParameterizedClassInvocation
	static void disconnect() {
		client.close();
	}

	@BeforeEach
	void start() {
		database = client.getDatabase("retention-" + UUID.randomUUID());
		notes = database.getCollection("notes");
		retention = new Retention(database, clock);
	}

	@AfterEach
	void stop() {
		retention.stop();
		database.drop();
	}

	@Test
	void whatIsOlderGoesAndWhatHasNoDateStays() {
		retention.keep("notes", "at", Duration.ofHours(2));
		notes.insertMany(List.of(note("older", NOON.minus(Duration.ofHours(2)).minusMillis(1)),
				note("young", NOON.minus(Duration.ofHours(2))), new Document("_id", "undated")));
		retention.sweep(NOON);
		assertThat(ids()).containsExactlyInAnyOrder("young", "undated");
	}

	@Test
	void theIndexIsMadeWithItsTime() {
		retention.keep("notes", "at", Duration.ofHours(2));
		retention.sweep(NOON);
		assertThat(timeToLive()).isEqualTo(7200);
	}

	@Test
	void anotherTimeThanBeforeTakesThePlaceOfTheOldOne() {
		notes.createIndex(Indexes.ascending("at"), new IndexOptions().expireAfter(5L, TimeUnit.MINUTES));
		retention.keep("notes", "at", Duration.ofHours(2));
		notes.insertOne(note("older", NOON.minus(Duration.ofHours(3))));
		retention.sweep(NOON);
		assertThat(timeToLive()).isEqualTo(7200);
		assertThat(ids()).isEmpty();
	}

	@Test
	void anIndexThatHadNoTimeGetsOne() {
		notes.createIndex(Indexes.ascending("at"), new IndexOptions().sparse(true));
		retention.keep("notes", "at", Duration.ofMillis(7_199_001));
		retention.sweep(NOON);
		assertThat(timeToLive()).as("never before the sweep").isEqualTo(7200);
	}

	@Test
	void anIndexThatCannotBeChangedKeepsNothingFromBeingDeleted() {
		notes.createIndex(Indexes.ascending("at", "by"), new IndexOptions().name("at_1"));
		retention.keep("notes", "at", Duration.ofHours(2));
		notes.insertOne(note("older", NOON.minus(Duration.ofHours(3))));
		retention.sweep(NOON);
		assertThat(ids()).isEmpty();
	}

	@Test
	void whatIsDueGoesByItselfAndOneFailureHoldsUpNothingElse() {
		retention.keep("broken", Duration.ofMillis(1), _ -> {
			throw new IllegalStateException("as if");
		});
		retention.keep("notes", "at", Duration.ofHours(2));
		List<Instant> asked = new CopyOnWriteArrayList<>();
		retention.keep("more than a date", Duration.ofMillis(1), now -> {
			asked.add(now);
			return 0;
		});
		notes.insertOne(note("older", NOON.minus(Duration.ofHours(3))));
		retention.start();
		await().atMost(SOON).until(() -> ids().isEmpty() && asked.size() > 1);
		assertThat(asked).containsOnly(NOON);
	}

	private static Document note(String id, Instant at) {
		return new Document("_id", id).append("at", Date.from(at));
	}

	private List<String> ids() {
		return notes.find().map(it -> it.getString("_id")).into(new ArrayList<>());
	}

	private long timeToLive() {
		return notes.listIndexes().into(new ArrayList<>()).stream().filter(it -> it.getString("name").equals("at_1"))
				.map(it -> ((Number) it.get("expireAfterSeconds")).longValue()).findFirst().orElseThrow();
	}
}
