package io.rollcall.user;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import com.mongodb.client.MongoCollection;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.Topics;
import io.rollcall.testing.Backends;
import io.rollcall.testing.TopicReader;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.UsersOverHttp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A confirmation over HTTP, on the real database and broker, by many at once. */
class ConfirmationsIT extends UsersOverHttp {
	private static final int CLIENTS = 20;
	private static final String DISTRICT = Fixtures.CYBER_FALLS.code();
	private static final String SCHOOL = Fixtures.CYBER_FALLS_1.code();

	private static Map<String, Object> plan(String... districts) {
		return Map.of("name", "Spring " + UUID.randomUUID(), "districts", List.of(districts), "deadline",
				LocalDate.now().plusDays(20).toString(), "reminders", List.of(LocalDate.now().plusDays(10).toString()));
	}

	private Answer opened(String... districts) {
		Answer answer = call(HttpMethod.POST, "/api/confirmations", serviceCenterToken, plan(districts));
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(201);
		return answer;
	}

	private String person(String... places) {
		return id(create(serviceCenterToken, form(username("confirm"), "organizations", List.of(places))));
	}

	private Answer decide(String path, String token, Object body, String... headers) {
		return call(HttpMethod.POST, path + "/decisions", token, body, headers);
	}

	private static Map<String, Object> decisions(List<String> ids, String verdict, int version) {
		return Map.of("decisions",
				ids.stream().map(it -> Map.of("userId", it, "decision", verdict, "version", version)).toList());
	}

	private JsonNode get(String path, String token) {
		Answer answer = call(HttpMethod.GET, path, token, null);
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
		return answer.body();
	}

	private List<String> confirmed(List<ConsumerRecord<String, byte[]>> records, String confirmation) {
		return records.stream().map(it -> json.readTree(it.value()))
				.filter(it -> it.get("type").asString().equals("AccountConfirmed")
						&& it.get("confirmationId").asString().equals(confirmation))
				.map(it -> it.get("accountId").asString()).toList();
	}

	@Test
	void eachAccountIsDecidedOnceByTwentyAtOnce() throws Exception {
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < 60; i++)
			ids.add(person(SCHOOL));
		List<String> coordinators = new ArrayList<>();
		for (int i = 0; i < CLIENTS; i++) {
			coordinators.add(i % 2 == 0 ? coordinator(Role.DTC, DISTRICT) : coordinator(Role.STC, SCHOOL));
		}
		try (TopicReader facts = TopicReader.fromNow(Backends.kafka().bootstrapServers(),
				Topics.CONFIRMATION_EVENTS)) {
			String path = opened(DISTRICT).location();
			String confirmation = path.substring(path.lastIndexOf('/') + 1);
			int all = get(path, serviceCenterToken).at("/progress/accounts").asInt();
			Queue<String> done = new ConcurrentLinkedQueue<>();
			Queue<String> refused = new ConcurrentLinkedQueue<>();
			List<Callable<Object>> work = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				String token = coordinators.get(i);
				var random = new Random(i);
				List<String> order = new ArrayList<>(ids);
				Collections.shuffle(order, random);
				work.add(Executors.callable(() -> {
					for (int from = 0; from < order.size(); from += 15) {
						String verdict = List.of("stays", "left", "wrong").get(random.nextInt(3));
						decide(path, token, decisions(order.subList(from, from + 15), verdict, 0),
								"Idempotency-Key", "round-" + from).body().get("results").forEach(it -> {
									assertThat(it.at("/decision/version").asInt()).isEqualTo(1);
									(it.get("outcome").asString().equals("done") ? done : refused)
											.add(it.get("userId").asString());
								});
					}
				}));
			}
			try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
				for (Future<Object> client : clients.invokeAll(work))
					client.get();
			}
			assertThat(done).containsExactlyInAnyOrderElementsOf(ids);
			assertThat(done.size() + refused.size()).as("the others were told").isEqualTo(CLIENTS * ids.size());

			JsonNode progress = get(path + "/progress", serviceCenterToken);
			JsonNode people = progress.get("people");
			assertThat(people.get("accounts").asInt()).isEqualTo(all);
			assertThat(List.of("open", "stays", "left", "wrong", "settled").stream()
					.mapToInt(it -> people.get(it).asInt()).sum()).isEqualTo(all);
			assertThat(people.get("open").asInt()).isEqualTo(all - ids.size());
			assertThat(people.get("proposed").asInt()).isZero();
			assertThat(progress.at("/places/0/code").asString()).isEqualTo(DISTRICT);
			String report = raw(HttpMethod.GET, path + "/report", serviceCenterToken, null).text();
			List<String> lines = report.lines().skip(1).toList();
			assertThat(lines).hasSize(all);
			Map<String, Long> states = lines.stream()
					.collect(Collectors.groupingBy(it -> it.split(",")[6], Collectors.counting()));
			for (String state : List.of("open", "stays", "left", "wrong"))
				assertThat(states.getOrDefault(state, 0L)).as(state).isEqualTo(people.get(state).asLong());

			List<String> published = new ArrayList<>();
			await().atMost(SOON).until(() -> {
				published.addAll(confirmed(facts.drain(), confirmation));
				return published.size() >= ids.size();
			});
			assertThat(published).containsExactlyInAnyOrderElementsOf(ids);
			for (String id : ids.subList(0, 10)) {
				JsonNode items = await().atMost(SOON).until(() -> get("/api/users/" + id + "/history",
						serviceCenterToken).get("items"),
						it -> it.path(0).path("what").asString("").equals("confirmed"));
				assertThat(items.valueStream().filter(it -> it.get("what").asString().equals("confirmed"))).hasSize(1);
				assertThat(items.get(0).at("/confirmation/id").asString()).isEqualTo(confirmation);
				assertThat(items.get(0).get("way").asString()).isEqualTo("form");
			}
		}
	}

	@Test
	void decisionIsChangedOnlyBySomebodyWhoHasSeenIt() {
		String id = person(SCHOOL);
		String dtc = coordinator(Role.DTC, DISTRICT);
		String stc = coordinator(Role.STC, SCHOOL);
		String path = opened(DISTRICT).location();
		Object stays = decisions(List.of(id), "stays", 0);
		JsonNode first = decide(path, stc, stays, "Idempotency-Key", "mine").body();
		assertThat(first.at("/results/0/outcome").asString()).isEqualTo("done");
		assertThat(decide(path, stc, stays, "Idempotency-Key", "mine").body()).as("sent again").isEqualTo(first);
		assertThat(decide(path, stc, decisions(List.of(id), "left", 0), "Idempotency-Key", "mine").status())
				.isEqualTo(422);
		JsonNode late = decide(path, dtc, decisions(List.of(id), "left", 0)).body().at("/results/0");
		assertThat(late.get("code").asString()).isEqualTo("already-decided");
		assertThat(late.at("/decision/by/name").asString()).isEqualTo("Thị Nguyễn");
		assertThat(decide(path, dtc, decisions(List.of(id), "left", 1)).body().at("/results/0/decision/version")
				.asInt()).isEqualTo(2);
		assertThat(decide(path, stc, stays, "Idempotency-Key", "mine").body().at("/results/0/code").asString())
				.as("what was decided otherwise since stays so").isEqualTo("already-decided");
		JsonNode entries = await().atMost(SOON).until(
				() -> get("/api/users/" + id + "/history", dtc).get("items"),
				it -> it.path(1).path("what").asString("").equals("confirmed"));
		assertThat(entries.get(0).at("/confirmation/decision").asString()).isEqualTo("left");
		assertThat(entries.get(0).at("/confirmation/before").asString()).isEqualTo("stays");
	}

	/** Who has left is deactivated as anybody, and nothing of it happens by itself. */
	@Test
	void whoHasLeftStaysActiveUntilSomebodyDeactivatesThem() {
		String id = person(SCHOOL);
		String dtc = coordinator(Role.DTC, DISTRICT);
		Answer opened = opened(DISTRICT);
		String path = opened.location();
		decide(path, dtc, decisions(List.of(id), "left", 0));
		assertThat(states(path, dtc, "left")).containsEntry(id, "active");
		assertThat(call(HttpMethod.GET, path + "/accounts?state=proposed", dtc, null).status()).isEqualTo(403);
		assertThat(states(path, serviceCenterToken, "proposed")).isEmpty();
		Answer seen = call(HttpMethod.GET, path, serviceCenterToken, null);
		Answer closed = call(HttpMethod.PATCH, path, serviceCenterToken, Map.of("closed", true), "If-Match",
				seen.etag());
		assertThat(closed.body().get("status").asString()).as(closed.body().toString()).isEqualTo("closed");
		assertThat(states(path, serviceCenterToken, "proposed")).containsEntry(id, "active");
		assertThat(decide(path, dtc, decisions(List.of(id), "stays", 1)).body().get("code").asString())
				.isEqualTo("confirmation-closed");
		call(HttpMethod.POST, "/api/users/deactivations", dtc, Map.of("userIds", List.of(id)));
		assertThat(states(path, serviceCenterToken, "proposed")).doesNotContainKey(id);
		assertThat(states(path, dtc, "settled")).containsEntry(id, "deactivated");
	}

	private Map<String, String> states(String path, String token, String state) {
		Map<String, String> states = new HashMap<>();
		get(path + "/accounts?size=200&organization=" + SCHOOL + "&state=" + state, token).get("items")
				.forEach(it -> states.put(it.get("userId").asString(), it.get("status").asString()));
		return states;
	}

	@Test
	void confirmationIsOpenedOnceAndChangedByWhoHasSeenIt() {
		Map<String, Object> plan = plan(DISTRICT);
		String key = UUID.randomUUID().toString();
		Answer first = call(HttpMethod.POST, "/api/confirmations", serviceCenterToken, plan, "Idempotency-Key",
				key);
		Answer again = call(HttpMethod.POST, "/api/confirmations", serviceCenterToken, plan, "Idempotency-Key",
				key);
		assertThat(again.location()).isEqualTo(first.location());
		String path = first.location();
		String later = LocalDate.now().plusDays(30).toString();
		assertThat(call(HttpMethod.PATCH, path, serviceCenterToken, Map.of("deadline", later)).status()).isEqualTo(428);
		Answer changed = call(HttpMethod.PATCH, path, serviceCenterToken, Map.of("deadline", later), "If-Match",
				first.etag());
		assertThat(changed.body().get("deadline").asString()).isEqualTo(later);
		assertThat(call(HttpMethod.PATCH, path, serviceCenterToken,
				Map.of("deadline", LocalDate.now().plusDays(31).toString()), "If-Match", first.etag()).status())
				.isEqualTo(412);
		Answer wrong = call(HttpMethod.POST, "/api/confirmations", serviceCenterToken, Map.of("name", "", "districts",
				List.of(SCHOOL), "deadline", "2020-01-01", "reminders", List.of(later)));
		assertThat(wrong.status()).isEqualTo(422);
		assertThat(wrong.body().get("errors").valueStream().map(it -> it.get("code").asString()).toList())
				.containsExactly("name-length", "district-unknown", "deadline-out-of-range", "reminder-out-of-range");
		String boston = coordinator(Role.DTC, Fixtures.BOSTON.code());
		assertThat(call(HttpMethod.GET, path, boston, null).status()).as("none of hers").isEqualTo(404);
		assertThat(get("/api/confirmations", boston).toString()).doesNotContain(path.substring(19));
	}

	@Test
	void schoolThatIsHandedOverIsRemindedOfItself() {
		String dtc = coordinator(Role.DTC, DISTRICT);
		Answer stc = create(serviceCenterToken,
				form(username("stc"), "role", "STC", "organizations", List.of(SCHOOL)));
		String stcToken = tokenFor(UUID.fromString(id(stc)), Role.STC);
		String id = person(SCHOOL);
		String path = opened(DISTRICT).location();
		assertThat(mine(path, dtc)).contains(id);
		assertThat(mine(path, stcToken)).doesNotContain(id);
		Answer given = call(HttpMethod.PATCH, path + "/hand-overs", dtc,
				Map.of("handOvers", List.of(Map.of("school", SCHOOL, "userId", id(stc)))));
		assertThat(given.body().at("/handOvers/0/school").asString()).isEqualTo(SCHOOL);
		assertThat(mine(path, dtc)).doesNotContain(id);
		assertThat(mine(path, stcToken)).contains(id);
		assertThat(call(HttpMethod.PATCH, path + "/hand-overs", dtc,
				Map.of("handOvers", List.of(Map.of("school", SCHOOL, "userId", id)))).status()).isEqualTo(422);
	}

	private List<String> mine(String path, String token) {
		return get(path + "/accounts?mine=true&size=200&organization=" + SCHOOL, token).get("items").valueStream()
				.map(it -> it.get("userId").asString()).toList();
	}

	@Test
	void coordinatorsAreRemindedOfTheOpeningOnce() {
		Answer dtc = create(serviceCenterToken,
				form(username("dtc"), "role", "DTC", "organizations", List.of(DISTRICT)));
		person(SCHOOL);
		try (TopicReader facts = TopicReader.fromNow(Backends.kafka().bootstrapServers(),
				Topics.CONFIRMATION_EVENTS)) {
			String path = opened(DISTRICT).location();
			String confirmation = path.substring(path.lastIndexOf('/') + 1);
			await().atMost(SOON).until(() -> confirmations().countDocuments(
					new Document("_id", confirmation).append("remindedOn", new Document("$exists", true))) == 1);
			assertThat(facts.drain().stream().map(it -> json.readTree(it.value()))
					.filter(it -> isReminder(it, confirmation, id(dtc)))).hasSize(1)
					.allSatisfy(it -> assertThat(it.get("open").asInt()).isPositive());
		}
	}

	private static boolean isReminder(JsonNode event, String confirmation, String coordinator) {
		return event.get("type").asString().equals("ReminderDue")
				&& event.get("confirmationId").asString().equals(confirmation)
				&& event.get("accountId").asString().equals(coordinator);
	}

	private MongoCollection<Document> confirmations() {
		return mongo.getDatabase("rollcall-users").getCollection("confirmations");
	}

	@Test
	void whatAProcessLeftInTheOutboxesIsRelayedOnce() {
		String id = person(SCHOOL);
		String path = opened(DISTRICT).location();
		String confirmation = path.substring(path.lastIndexOf('/') + 1);
		decide(path, serviceCenterToken, decisions(List.of(id), "stays", 0));
		var decided = mongo.getDatabase("rollcall-users").getCollection("confirmation-decisions");
		Map<String, MongoCollection<Document>> owners = Map.of(confirmation, confirmations(),
				confirmation + "/" + id, decided);
		try (TopicReader facts = TopicReader.fromNow(Backends.kafka().bootstrapServers(),
				Topics.CONFIRMATION_EVENTS)) {
			owners.forEach((key, collection) -> {
				await().atMost(SOON).until(() -> collection.countDocuments(new Document("_id", key).append("outbox",
						List.of())) == 1);
				collection.updateOne(new Document("_id", key),
						new Document("$push", new Document("outbox", left(key))));
			});
			List<String> relayed = new ArrayList<>();
			await().atMost(SOON).until(() -> {
				facts.drain().stream()
						.map(it -> new String(it.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
						.filter(it -> it.startsWith("left/")).forEach(relayed::add);
				return relayed.size() >= 2;
			});
			assertThat(relayed).containsExactlyInAnyOrderElementsOf(
					owners.keySet().stream().map(it -> "left/" + it).toList());
			owners.forEach((key, collection) -> await().atMost(SOON).until(
					() -> collection.countDocuments(new Document("_id", key).append("outbox", List.of())) == 1));
		}
	}

	private static Document left(String key) {
		return new Document("id", "left/" + key).append("topic", Topics.CONFIRMATION_EVENTS).append("key", "k")
				.append("type", "SomethingNew").append("subject", "k")
				.append("time", Date.from(Instant.now().minusSeconds(60)))
				.append("body", new Binary("{\"type\":\"SomethingNew\"}".getBytes(UTF_8)));
	}

	@Test
	void worklistTellsWhatIsOddAndWhatOneMayDo() {
		String here = person(SCHOOL);
		String both = person(SCHOOL, Fixtures.BOSTON_LATIN.code());
		String name = username("twin");
		List<String> twins = List.of(
				id(create(serviceCenterToken, form(name + ".1", "email", name + "@cyber.example", "organizations",
						List.of(SCHOOL)))),
				id(create(serviceCenterToken, form(name + ".2", "email", name + "@cyber.example", "organizations",
						List.of(SCHOOL)))));
		String stc = coordinator(Role.STC, SCHOOL);
		String path = opened(DISTRICT).location();
		Map<String, JsonNode> items = new HashMap<>();
		for (int page = 0; page < 5; page++)
			get(path + "/accounts?size=200&page=" + page, stc).get("items")
					.forEach(it -> items.put(it.get("userId").asString(), it));
		assertThat(items.get(here).get("flags").toString()).isEqualTo("[\"never-signed-in\"]");
		assertThat(items.get(here).get("may").toString()).isEqualTo("[\"stays\",\"left\",\"wrong\"]");
		assertThat(items.get(here).get("state").asString()).isEqualTo("open");
		assertThat(items.get(both).get("may").toString()).isEqualTo("[\"stays\",\"wrong\"]");
		twins.forEach(it -> assertThat(items.get(it).get("flags").toString()).contains("same-person"));
		assertThat(call(HttpMethod.GET, path + "/accounts?state=gone", stc, null).status()).isEqualTo(400);
	}
}
