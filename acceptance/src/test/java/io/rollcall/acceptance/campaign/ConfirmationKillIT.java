package io.rollcall.acceptance.campaign;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

import com.mongodb.client.model.Filters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Databases;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Twenty clients decide about the same people, each something else, while every program is killed at random. Of each account one decision
 * stands, the one that was acknowledged; it is told once and in the history once, and progress and report add up.
 */
@EnabledIfSystemProperty(named = "rollcall.campaign", matches = "true")
class ConfirmationKillIT {
	private static final int KILLS = Integer.getInteger("rollcall.campaign.confirmation-kills", 10);
	private static final int CLIENTS = 20;
	private static final int ROUNDS = 8;
	private static final int FILES = 5;
	private static final int ROWS = 200;
	private static final String DISTRICT = "00520000";
	private static final String SCHOOL = "00520000-00520015";
	private static final List<String> VERDICTS = List.of("stays", "left", "wrong");
	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final RunningSystem system = RunningSystem.shared();
	private final long seed = Long.getLong("rollcall.seed", 20250113);
	private final PatientClient client = new PatientClient(URI.create(system.portal()), system.bootstrapClientSecret());
	private final Killer killer = new Killer(system, new Plan(seed, 0, KILLS));
	/** What was acknowledged as done, by account. */
	private final Map<String, List<String>> done = new ConcurrentHashMap<>();

	@Test
	void whateverIsKilledEachAccountIsDecidedOnce() throws Exception {
		Set<String> usernames = new HashSet<>();
		for (int i = 0; i < FILES; i++) {
			List<Row> people = People.of("confirmed.%d".formatted(i), ROWS, DISTRICT, SCHOOL);
			system.imports().run("confirmed.csv", People.file(people), "add");
			people.forEach(it -> usernames.add(it.cell(Column.USERNAME)));
		}
		system.awaitRest();
		List<String> accounts = accountIds(usernames);
		String id = opened();

		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> kills = threads.submit(killer);
			List<Future<?>> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				int number = i;
				clients.add(threads.submit(() -> decide(id, accounts, number)));
			}
			for (Future<?> one : clients)
				one.get();
			kills.get();
		} finally {
			killer.restoreAll();
		}
		system.awaitRest();

		Map<String, JsonNode> found = decided(id, Set.copyOf(accounts));
		assertThat(found.keySet()).as("those of whom something was asked").isEqualTo(Set.copyOf(accounts));
		found.forEach((account, decision) -> {
			assertThat(decision.path("version").asInt()).as(account).isEqualTo(1);
			assertThat(done.getOrDefault(account, List.of(decision.path("decision").asString()))).as(account)
					.containsExactly(decision.path("decision").asString());
		});
		Map<String, Set<String>> events = new HashMap<>();
		system.topics().values("confirmation-events").stream()
				.filter(it -> it.path("type").asString().equals("AccountConfirmed")
						&& it.path("confirmationId").asString().equals(id))
				.forEach(it -> events.computeIfAbsent(it.path("accountId").asString(), _ -> new HashSet<>())
						.add(it.path("eventId").asString() + it.path("decision").asString()));
		assertThat(events.keySet()).isEqualTo(found.keySet());
		assertThat(events.values()).allSatisfy(it -> assertThat(it).hasSize(1));
		assertThat(system.databases().collection(Databases.USERS, "history")
				.countDocuments(Filters.regex("_id", "^" + id + "/"))).isEqualTo(accounts.size());
		everythingAddsUp(id, accounts.size());
		System.out.printf("Confirmation, seed %d: %d accounts, %d clients, %d acknowledged as done, %d kills %s%n",
				seed,
				accounts.size(), CLIENTS, done.size(), killer.done(), killer.deaths());
	}

	private String opened() {
		HttpResponse<byte[]> answer = client.patiently("/api/confirmations",
				HttpRequest.newBuilder().header("Content-Type", "application/json")
						.header("Idempotency-Key", "open-" + seed).POST(BodyPublishers.ofString(
								"{\"name\":\"Campaign\",\"districts\":[\"%s\"],\"deadline\":\"%s\",\"reminders\":[]}"
										.formatted(DISTRICT, LocalDate.now().plusDays(14)))));
		assertThat(answer.statusCode()).as(PatientClient.describe(answer)).isEqualTo(201);
		return PatientClient.json(answer).path("id").asString();
	}

	/** One client, which goes through all people in an order and with decisions of its own. */
	private void decide(String id, List<String> accounts, int number) {
		var random = new Random(seed + number);
		List<String> order = new ArrayList<>(accounts);
		Collections.shuffle(order, random);
		for (int round = 0; round < ROUNDS; round++) {
			while (killer.done() < (long) KILLS * round / ROUNDS)
				PatientClient.pause();
			List<Map<String, Object>> decisions = order.subList(order.size() * round / ROUNDS,
					order.size() * (round + 1) / ROUNDS).stream()
					.map(it -> Map.<String, Object>of("userId", it, "decision",
							VERDICTS.get(random.nextInt(VERDICTS.size()))))
					.toList();
			HttpResponse<byte[]> answer = client.patiently("/api/confirmations/" + id + "/decisions",
					HttpRequest.newBuilder().header("Content-Type", "application/json")
							.header("Idempotency-Key", "decide-%d-%d-%d".formatted(seed, number, round))
							.POST(BodyPublishers
									.ofString(JSON.writeValueAsString(Map.of("decisions", decisions)))));
			assertThat(answer.statusCode()).as(PatientClient.describe(answer)).isEqualTo(200);
			for (JsonNode it : PatientClient.json(answer).path("results"))
				if (it.path("outcome").asString().equals("done"))
					done.computeIfAbsent(it.path("userId").asString(),
							_ -> Collections.synchronizedList(new ArrayList<>()))
							.add(it.path("decision").path("decision").asString());
		}
	}

	private List<String> accountIds(Set<String> usernames) {
		return system.topics().values("user-events").stream()
				.filter(it -> usernames.contains(it.path("account").path("username").asString()))
				.map(it -> it.path("accountId").asString()).distinct().sorted().toList();
	}

	/** The decisions about these accounts that stand. */
	private Map<String, JsonNode> decided(String id, Set<String> accounts) {
		Map<String, JsonNode> found = new HashMap<>();
		for (int page = 0, pages = 1; page < pages; page++) {
			JsonNode answer = client.get("/api/confirmations/" + id + "/accounts?size=200&page=" + page);
			pages = answer.path("totalPages").asInt();
			for (JsonNode it : answer.path("items"))
				if (accounts.contains(it.path("userId").asString()) && it.path("decision").isObject())
					found.put(it.path("userId").asString(), it.path("decision"));
		}
		return found;
	}

	/** Of the district other tests may have people, too, of whom nothing was decided. */
	private void everythingAddsUp(String id, int decided) {
		JsonNode people = client.get("/api/confirmations/" + id + "/progress").path("people");
		int said = VERDICTS.stream().mapToInt(it -> people.path(it).asInt()).sum();
		assertThat(said).isEqualTo(decided);
		assertThat(people.path("accounts").asInt())
				.isEqualTo(said + people.path("open").asInt() + people.path("settled").asInt());
		HttpResponse<byte[]> report = client.patiently("/api/confirmations/" + id + "/report",
				HttpRequest.newBuilder().header("Accept", "text/csv").GET());
		Map<String, Long> states = new String(report.body(), StandardCharsets.UTF_8).lines().skip(1)
				.map(line -> line.split(",")[6]).collect(Collectors.groupingBy(it -> it, Collectors.counting()));
		for (String state : List.of("stays", "left", "wrong", "open"))
			assertThat(states.getOrDefault(state, 0L)).as(state).isEqualTo(people.path(state).asInt());
	}
}
