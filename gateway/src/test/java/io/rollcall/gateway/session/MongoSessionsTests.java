package io.rollcall.gateway.session;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.testing.Backend;
import io.rollcall.testing.ManualClock;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ParameterizedClass
@EnumSource(Backend.class)
class MongoSessionsTests {
	record Tokens(String access, Instant expiresAt) {}

	private static final Instant NOON = Instant.parse("2026-11-02T12:00:00Z");
	private static final SessionSettings SETTINGS = SessionSettings.of(URI.create("http://localhost:8080"), "sessions",
			"test", Duration.ofMinutes(30), Duration.ofHours(12));
	private static final SessionAttributes ATTRIBUTES = SessionAttributes.none().and("tokens", Tokens.class)
			.and("a.note", String.class).and("count", Integer.class);

	private static MongoClient client;

	@Parameter
	Backend backend;
	private final ManualClock clock = new ManualClock(NOON);
	private MongoDatabase database;
	private MongoCollection<Document> documents;
	private MongoSessions sessions;
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
	void emptyStore() {
		database = client.getDatabase("sessions-" + UUID.randomUUID());
		retention = new Retention(database, clock);
		documents = database.getCollection("sessions");
		sessions = instance(ATTRIBUTES);
	}

	@Test
	void aSessionIsFoundByItsCookieAsItWasLeft() {
		StoredSession session = sessions.createSession();
		session.setAttribute("tokens", new Tokens("secret", NOON));
		session.setAttribute("a.note", "é");
		session.setAttribute(MongoSessions.SID, "s1");
		sessions.save(session);

		StoredSession found = find(session.getId());
		assertThat(found.attribute("tokens", Tokens.class)).contains(new Tokens("secret", NOON));
		assertThat(found.<String>getAttribute("a.note")).isEqualTo("é");
		assertThat(found.<String>getAttribute(MongoSessions.SID)).isEqualTo("s1");
		assertThat(found.getCreationTime()).isEqualTo(NOON);

		found.removeAttribute("a.note");
		sessions.save(found);
		assertThat(find(session.getId()).getAttributeNames()).containsExactlyInAnyOrder("tokens", MongoSessions.SID);
	}

	@Test
	void theDatabaseAloneOpensNothing() {
		StoredSession session = sessions.createSession();
		session.setAttribute("a.note", "the-attribute");
		sessions.save(session);

		String everything = new String(
				documents.withDocumentClass(BsonDocument.class).find().first().toJson().getBytes(UTF_8), ISO_8859_1);
		Binary sealed = stored().get("attributes", Document.class).values().stream().map(Binary.class::cast).findFirst()
				.orElseThrow();
		assertThat(everything).doesNotContain(session.getId());
		assertThat(new String(sealed.getData(), ISO_8859_1)).doesNotContain("the-attribute");
		// The document's id is no cookie, and no other session's cookie opens it.
		assertThat(sessions.findById(
				Base64.getUrlEncoder().withoutPadding().encodeToString(stored().get("_id", Binary.class).getData())))
				.isNull();
		assertThat(SessionKey.of(SessionKey.newValue()).orElseThrow().open("a.note", sealed)).isEmpty();
	}

	@Test
	void whatSomebodyChangedInTheDatabaseIsNotUsed() {
		StoredSession session = sessions.createSession();
		session.setAttribute("a.note", "one");
		session.setAttribute("count", 1);
		sessions.save(session);
		Document attributes = stored().get("attributes", Document.class);
		List<String> fields = List.copyOf(attributes.keySet());

		// One attribute's bytes in another's place
		documents.updateMany(new Document(), Updates.set("attributes." + fields.get(0), attributes.get(fields.get(1))));
		assertThat(sessions.findById(session.getId())).isNull();

		documents.updateMany(new Document(), Updates.set("attributes." + fields.get(0), new Binary(new byte[5])));
		assertThat(sessions.findById(session.getId())).isNull();
	}

	/** A stream asks each second: it costs no decryption, so it does not matter what is in it. */
	@Test
	void whetherASessionStandsIsAskedWithoutOpeningIt() {
		StoredSession session = saved();
		documents.updateOne(Filters.eq(stored().get("_id")), Updates.unset("attributes"));
		assertThat(sessions.stands(session.getId())).isTrue();
		clock.set(NOON.plus(Duration.ofMinutes(30)));
		assertThat(sessions.stands(session.getId())).as("too old").isFalse();
		clock.set(NOON);
		sessions.deleteById(session.getId());
		assertThat(sessions.stands(session.getId())).isFalse();
		assertThat(sessions.stands("none of ours")).isFalse();
	}

	@Test
	void whatIsNoCookieOfOursIsNotLookedFor() {
		for (String value : List.of("", "x", "../", "a".repeat(44), "é".repeat(43), "{\"$gt\":\"\"}")) {
			assertThat(sessions.findById(value)).isNull();
			sessions.deleteById(value);
		}
	}

	@Test
	void anUndeclaredAttributeIsRefusedAtOnce() {
		StoredSession session = sessions.createSession();
		assertThatThrownBy(() -> session.setAttribute("other", "x")).isInstanceOf(IllegalArgumentException.class);
		assertThatThrownBy(() -> session.setAttribute("count", "x")).isInstanceOf(IllegalArgumentException.class);
	}

	@Test
	void anotherVersionsAttributeIsPassedOver() {
		StoredSession session = sessions.createSession();
		session.setAttribute("a.note", "kept");
		session.setAttribute("count", 1);
		sessions.save(session);
		MongoSessions newer = instance(
				SessionAttributes.none().and("a.note", String.class).and("count", Tokens.class));
		StoredSession found = newer.findById(session.getId());
		assertThat(found).isNotNull();
		assertThat(found.getAttributeNames()).containsExactly("a.note");
	}

	@Test
	void itEndsWhenNobodyUsesIt() {
		StoredSession session = saved();
		clock.set(NOON.plus(Duration.ofMinutes(29)));
		StoredSession used = find(session.getId());
		used.setLastAccessedTime(clock.instant());
		sessions.save(used);
		clock.set(NOON.plus(Duration.ofMinutes(58)));
		assertThat(sessions.findById(session.getId())).isNotNull();
		clock.set(NOON.plus(Duration.ofMinutes(59)));
		assertThat(sessions.findById(session.getId())).isNull();
	}

	@Test
	void itEndsWhenItIsOldHoweverMuchItIsUsed() {
		StoredSession session = saved();
		for (int i = 1; i < 36; i++) {
			clock.set(NOON.plus(Duration.ofMinutes(20).multipliedBy(i)));
			StoredSession used = find(session.getId());
			used.setLastAccessedTime(clock.instant());
			sessions.save(used);
		}
		clock.set(NOON.plus(Duration.ofHours(12)));
		assertThat(sessions.findById(session.getId())).isNull();
	}

	@Test
	void useIsWrittenDownAtMostOnceAMinute() {
		StoredSession session = saved();
		StoredSession used = find(session.getId());
		used.setLastAccessedTime(NOON.plusSeconds(59));
		sessions.save(used);
		assertThat(stored().getDate("lastAccessedAt").toInstant()).isEqualTo(NOON);
		used.setLastAccessedTime(NOON.plusSeconds(60));
		sessions.save(used);
		assertThat(stored().getDate("lastAccessedAt").toInstant()).isEqualTo(NOON.plusSeconds(60));
	}

	@Test
	void expiredOnesAreSweptAndLivingOnesStay() {
		saved();
		clock.set(NOON.plus(Duration.ofMinutes(20)));
		StoredSession young = saved();
		clock.set(NOON.plus(Duration.ofMinutes(40)));
		retention.sweep(clock.instant());
		assertThat(documents.countDocuments()).isEqualTo(1);
		assertThat(sessions.findById(young.getId())).isNotNull();
	}

	@Test
	void withANewCookieTheOldOneOpensNothing() {
		StoredSession session = sessions.createSession();
		session.setAttribute("a.note", "kept");
		sessions.save(session);
		StoredSession signingIn = find(session.getId());
		String old = signingIn.getId();
		String changed = signingIn.changeSessionId();
		signingIn.setAttribute("count", 7);
		sessions.save(signingIn);

		assertThat(changed).isNotEqualTo(old);
		assertThat(sessions.findById(old)).isNull();
		assertThat(find(changed).<String>getAttribute("a.note")).isEqualTo("kept");
		assertThat(find(changed).<Integer>getAttribute("count")).isEqualTo(7);
		assertThat(find(changed).getCreationTime()).isEqualTo(NOON);
	}

	@Test
	void twoRequestsOfOneSessionTakeNothingFromEachOther() {
		StoredSession session = saved();
		StoredSession one = find(session.getId());
		StoredSession other = find(session.getId());
		one.setAttribute("a.note", "one");
		other.setAttribute("count", 2);
		sessions.save(one);
		sessions.save(other);
		assertThat(find(session.getId()).<String>getAttribute("a.note")).isEqualTo("one");
		assertThat(find(session.getId()).<Integer>getAttribute("count")).isEqualTo(2);
	}

	@Test
	void anEndedSessionIsNotWrittenBackToLife() {
		StoredSession session = saved();
		StoredSession late = find(session.getId());
		sessions.deleteById(session.getId());
		late.setAttribute("count", 1);
		late.setLastAccessedTime(NOON.plusSeconds(300));
		sessions.save(late);
		assertThat(sessions.findById(session.getId())).isNull();
		assertThat(documents.countDocuments()).isZero();
	}

	@Test
	void theSessionsOfAnAuthorizationEndTogether() {
		for (String sid : List.of("s1", "s2", "s1")) {
			StoredSession session = sessions.createSession();
			session.setAttribute(MongoSessions.SID, sid);
			sessions.save(session);
		}
		saved();
		assertThat(sessions.deleteBySid("s1")).isEqualTo(2);
		assertThat(documents.countDocuments()).isEqualTo(2);
	}

	@Test
	void oneWorksOnASessionWhileTheOthersWait() throws Exception {
		StoredSession session = sessions.createSession();
		session.setAttribute("count", 0);
		sessions.save(session);
		List<MongoSessions> instances = List.of(sessions, instance(ATTRIBUTES));
		var atWork = new AtomicInteger();
		List<Callable<Integer>> workers = new ArrayList<>();
		for (int i = 0; i < 20; i++) {
			MongoSessions instance = instances.get(i % 2);
			workers.add(() -> instance.exclusively(session.getId(), now -> {
				assertThat(atWork.incrementAndGet()).isEqualTo(1);
				int count = now.<Integer>getAttribute("count") + 1;
				now.setAttribute("count", count);
				instance.save(now);
				atWork.decrementAndGet();
				return count;
			}));
		}
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (var worker : threads.invokeAll(workers))
				worker.get();
		}
		assertThat(find(session.getId()).<Integer>getAttribute("count")).isEqualTo(20);
		assertThat(stored()).doesNotContainKey("working");
	}

	@Test
	void workThatFailsLetsTheNextOneIn() {
		StoredSession session = saved();
		assertThatThrownBy(() -> sessions.exclusively(session.getId(), _ -> {
			throw new IllegalStateException("failed");
		})).hasMessage("failed");
		assertThat(sessions.<Boolean>exclusively(session.getId(), now -> now != null)).isTrue();
	}

	@Test
	void whoDiedAtWorkIsNotWaitedForForEver() {
		StoredSession session = saved();
		documents.updateOne(Filters.eq(stored().get("_id")), Updates.set("working", "one who was killed"));
		assertThat(sessions.<Boolean>exclusively(session.getId(), now -> now != null)).isTrue();
	}

	@Test
	void onASessionThatHasEndedThereIsNothingToWorkOn() {
		assertThat(sessions.<Boolean>exclusively(SessionKey.newValue(), now -> now == null)).isTrue();
	}

	@Test
	void theCookieIsTiedToTheHostWhereverItTravelsEncrypted() {
		assertThat(SETTINGS.cookie()).isEqualTo("test");
		assertThat(SETTINGS.secure()).isFalse();
		var root = SessionSettings.of(URI.create("https://portal.example"), "c", "test", Duration.ZERO,
				Duration.ZERO);
		assertThat(root.cookie()).isEqualTo("__Host-test");
		assertThat(root.secure()).isTrue();
	}

	private MongoSessions instance(SessionAttributes attributes) {
		return new MongoSessions(database, retention, SETTINGS, attributes, JsonMapper.builder().build(), clock,
				Duration.ofSeconds(1));
	}

	private StoredSession saved() {
		StoredSession session = sessions.createSession();
		sessions.save(session);
		return session;
	}

	private StoredSession find(String id) {
		StoredSession session = sessions.findById(id);
		assertThat(session).isNotNull();
		return session;
	}

	private Document stored() {
		return documents.find().first();
	}
}
