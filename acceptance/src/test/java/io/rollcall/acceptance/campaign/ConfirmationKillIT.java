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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.system.Databases;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.StoredAccounts;
import io.rollcall.acceptance.system.Tokens;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Twenty clients decide for coordinators, five in each of some districts, while every program is killed at random; the five of a district
 * decide about the same people, each something else. Of each account one decision stands, the one that was acknowledged; it is told once and
 * in the history once, and progress and report add up.
 */
@EnabledIfSystemProperty(named = "rollcall.campaign", matches = "true")
class ConfirmationKillIT {
	private static final int KILLS = Integer.getInteger("rollcall.campaign.confirmation-kills", 10);
	private static final int CLIENTS = 20;
	private static final int DISTRICTS = Integer.getInteger("rollcall.campaign.confirmation-districts", 4);
	private static final int COORDINATORS_OF_A_DISTRICT = 5;
	private static final int PEOPLE_OF_A_DISTRICT = 250;
	private static final int DECISIONS_OF_A_REQUEST = 50;
	private static final int ROWS_OF_A_FILE = 200;
	private static final List<String> VERDICTS = List.of("stays", "left", "wrong");
	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final RunningSystem system = RunningSystem.shared();
	private final long seed = Long.getLong("rollcall.seed", 20250113);
	private final PatientClient client = new PatientClient(URI.create(system.portal()), system.bootstrapClientSecret());
	private final Killer killer = new Killer(system, new Plan(seed, 0, KILLS));
	/** What was acknowledged as done, by account. */
	private final Map<String, List<String>> done = new ConcurrentHashMap<>();

	/** Whoever decides about all people of a district, by their ids. */
	private record Coordinator(String username, String district, List<String> people, PatientClient client) {}

	@Test
	void whateverIsKilledEachAccountIsDecidedOnce() throws Exception {
		List<Coordinator> coordinators = hire();
		List<String> districts = coordinators.stream().map(Coordinator::district).distinct().toList();
		Set<String> accounts = coordinators.stream().flatMap(it -> it.people().stream()).collect(Collectors.toSet());
		String id = opened(districts);

		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> kills = threads.submit(killer);
			List<Future<?>> clients = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				int number = i;
				clients.add(threads.submit(() -> decide(id, IntStream.range(0, coordinators.size())
						.filter(it -> it % CLIENTS == number).mapToObj(coordinators::get).toList())));
			}
			for (Future<?> one : clients)
				one.get();
			kills.get();
		} finally {
			killer.restoreAll();
		}
		system.awaitRest();

		Map<String, JsonNode> found = decided(id, districts, accounts);
		assertThat(found.keySet()).as("those of whom something was asked").isEqualTo(accounts);
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
		System.out.printf(
				"Confirmation, seed %d: %d accounts of %d districts, %d coordinators, %d clients, %d acknowledged as done, %d kills %s%n",
				seed, accounts.size(), districts.size(), coordinators.size(), CLIENTS, done.size(), killer.done(),
				killer.deaths());
	}

	/** Coordinators are imported, for they get mails and every service has to know them; their people are put into the database. */
	private List<Coordinator> hire() {
		Directory directory = Directory.ofTheState();
		List<String> districts = directory.districts().reversed().stream()
				.filter(it -> !directory.isDemonstration(it) && !directory.schoolsOf(it).isEmpty()).limit(DISTRICTS)
				.toList();
		assertThat(districts).as("districts with schools").hasSize(DISTRICTS);
		Map<String, String> districtOf = new LinkedHashMap<>();
		for (String district : districts)
			for (int i = 0; i < COORDINATORS_OF_A_DISTRICT; i++)
				districtOf.put("confirms.%s.%d".formatted(district, i), district);
		List<String> rows = districtOf.entrySet().stream()
				.map(it -> "%s,Con,Firms,%s@people.example,DTC,%s\r\n".formatted(it.getKey(), it.getKey(),
						it.getValue()))
				.toList();
		for (int from = 0; from < rows.size(); from += ROWS_OF_A_FILE)
			system.imports().run("confirm.csv", ("Username,Fname,Lname,Email,Role,Org\r\n"
					+ String.join("", rows.subList(from, Math.min(from + ROWS_OF_A_FILE, rows.size()))))
					.getBytes(StandardCharsets.UTF_8), "add");
		system.awaitRest();
		Map<String, String> ids = system.topics().values("user-events").stream()
				.filter(it -> districtOf.containsKey(it.path("account").path("username").asString()))
				.collect(Collectors.toMap(it -> it.path("account").path("username").asString(),
						it -> it.path("accountId").asString(), (first, _) -> first));

		Map<String, List<String>> people = new HashMap<>();
		List<Document> stored = new ArrayList<>();
		for (String district : districts) {
			for (int i = 0; i < PEOPLE_OF_A_DISTRICT; i++) {
				UUID id = UUID.randomUUID();
				people.computeIfAbsent(district, _ -> new ArrayList<>()).add(id.toString());
				stored.add(StoredAccounts.of(id, "confirmed.%s.%d".formatted(district, i), "Con", "Firmed", "TA",
						directory.schoolsOf(district).getFirst()));
			}
		}
		StoredAccounts.add(system, stored);
		system.awaitRest();
		Tokens tokens = system.tokens();
		return districtOf.entrySet().stream().map(it -> {
			var subject = new Tokens.Subject(Objects.requireNonNull(ids.get(it.getKey())), it.getKey(), "DTC",
					List.of(it.getValue()), List.of(it.getValue()), List.of("manage-users"), "PORTAL", 1);
			return new Coordinator(it.getKey(), it.getValue(), people.getOrDefault(it.getValue(), List.of()),
					new PatientClient(URI.create(system.portal()), () -> tokens.of(subject)));
		}).toList();
	}

	private String opened(List<String> districts) {
		HttpResponse<byte[]> answer = client.patiently("/api/confirmations",
				HttpRequest.newBuilder().header("Content-Type", "application/json")
						.header("Idempotency-Key", "open-" + seed).POST(BodyPublishers.ofString(
								"{\"name\":\"Campaign\",\"districts\":[\"%s\"],\"deadline\":\"%s\",\"reminders\":[]}"
										.formatted(String.join("\",\"", districts), LocalDate.now().plusDays(14)))));
		assertThat(answer.statusCode()).as(PatientClient.describe(answer)).isEqualTo(201);
		return PatientClient.json(answer).path("id").asString();
	}

	private record Request(Coordinator by, int number, List<String> people) {}

	/** One client, which decides for some coordinators, spread over all kills; each has an order and decisions of her own. */
	private void decide(String id, List<Coordinator> coordinators) {
		List<Request> requests = coordinators.stream().flatMap(this::requests).toList();
		for (int i = 0; i < requests.size(); i++) {
			while (killer.done() < (long) KILLS * i / requests.size())
				PatientClient.pause();
			Request request = requests.get(i);
			Coordinator by = request.by();
			var random = new Random(seed + by.username().hashCode() + request.number());
			List<Map<String, Object>> decisions = request.people().stream().map(it -> Map.<String, Object>of("userId",
					it, "decision", VERDICTS.get(random.nextInt(VERDICTS.size())))).toList();
			HttpResponse<byte[]> answer = by.client().patiently("/api/confirmations/" + id + "/decisions",
					HttpRequest.newBuilder().header("Content-Type", "application/json")
							.header("Idempotency-Key", "decide-%s-%d".formatted(by.username(), request.number()))
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

	private Stream<Request> requests(Coordinator coordinator) {
		List<String> order = new ArrayList<>(coordinator.people());
		Collections.shuffle(order, new Random(seed + coordinator.username().hashCode()));
		return IntStream.range(0, order.size() / DECISIONS_OF_A_REQUEST).mapToObj(i -> new Request(coordinator, i,
				order.subList(i * DECISIONS_OF_A_REQUEST, (i + 1) * DECISIONS_OF_A_REQUEST)));
	}

	/** The decisions about these accounts that stand. */
	private Map<String, JsonNode> decided(String id, List<String> districts, Set<String> accounts) {
		Map<String, JsonNode> found = new HashMap<>();
		for (String district : districts) {
			for (int page = 0, pages = 1; page < pages; page++) {
				JsonNode answer = client.get("/api/confirmations/" + id + "/accounts?size=200&page=" + page
						+ "&organization=" + district);
				pages = answer.path("totalPages").asInt();
				for (JsonNode it : answer.path("items"))
					if (accounts.contains(it.path("userId").asString()) && it.path("decision").isObject())
						found.put(it.path("userId").asString(), it.path("decision"));
			}
		}
		return found;
	}

	/** Of the districts other tests may have people, too, of whom nothing was decided. */
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
