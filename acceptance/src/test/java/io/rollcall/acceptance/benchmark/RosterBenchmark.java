package io.rollcall.acceptance.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

import org.bson.Document;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.StoredAccounts;
import io.rollcall.acceptance.system.Tokens;
import io.rollcall.acceptance.system.UploadForm;

/**
 * How long the list of accounts takes over HTTP, through the gateway, at 1,000 and at 100,000 accounts: listed, filtered, sorted by
 * each column, searched as one types, and how ready a district is; for the service center and for a district's coordinator with a
 * twentieth of the accounts in sight, who then compares a list of all of them, too. Prints a JSON line for each. From the root, with the
 * services built:
 *
 * <pre>
 * mvn -q -pl acceptance test-compile exec:exec -Dbenchmark=io.rollcall.acceptance.benchmark.RosterBenchmark
 * </pre>
 */
public final class RosterBenchmark {
	private static final int WARM_UP = 40;
	private static final int ROUNDS = 200;
	/** As many as the rows that somebody may have compared in a day allow. */
	private static final int COMPARISONS = 25;
	private static final String DISTRICT = "00350000";
	private static final String SCHOOL = "00350000-00350560";
	private static final List<String> TYPED = List.of("n", "ng", "ngu", "nguy", "nguye", "nguyen");
	private static final List<String> FIRST = List.of("Ana", "José", "Zoë", "Thị", "Jürgen", "Mary Ann", "Olga", "Wei",
			"Nneka", "Łukasz");
	private static final List<String> LAST = List.of("Nguyễn", "O'Brien", "Smith", "Söderström", "Okafor", "García",
			"Kim", "Müller", "Šárka", "Lee");
	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final RunningSystem system;
	private final Random random = new Random(20_250_113);

	RosterBenchmark(RunningSystem system) {
		this.system = system;
	}

	/** Takes no arguments. */
	public static void main(String[] arguments) {
		try (var system = RunningSystem.startIn(Path.of("target/benchmark").toAbsolutePath())) {
			var benchmark = new RosterBenchmark(system);
			benchmark.loadUpTo(0, 1_000);
			benchmark.measure(1_000);
			benchmark.loadUpTo(1_000, 100_000);
			benchmark.measure(100_000);
		}
	}

	void loadUpTo(int from, int to) {
		List<String> others = schoolsElsewhere(); // needs a token, and so the service
		List<Document> accounts = IntStream.range(from, to).mapToObj(i -> i % 20 == 0
				? account(i, SCHOOL)
				: account(i, others.get(random.nextInt(others.size())))).toList();
		Duration started = StoredAccounts.add(system, accounts);
		Await.until("the roster is read", () -> Imports.json(system.imports().get("/api/users?size=1"))
				.path("totalItems").asInt() > to ? true : null);
		Figures.of("roster").at("accounts", to).at("what", "service start")
				.found("seconds", Figures.rounded(started.toMillis() / 1e3)).print();
	}

	private List<String> schoolsElsewhere() {
		List<String> schools = new ArrayList<>();
		for (int page = 0; page < 13; page++) {
			for (JsonNode organization : Imports.json(system.imports().get("/api/organizations?size=200&page=" + page))
					.path("items")) {
				String code = organization.path("code").asString();
				if (organization.path("level").asString().equals("school") && !code.startsWith(DISTRICT)) {
					schools.add(code);
				}
			}
		}
		return schools;
	}

	private Document account(int i, String school) {
		return StoredAccounts.of(UUID.randomUUID(), "person.%06d".formatted(i),
				FIRST.get(random.nextInt(FIRST.size())),
				LAST.get(random.nextInt(LAST.size())) + " " + (char) ('A' + i % 26), i % 10 == 0 ? "STC" : "TA",
				school);
	}

	private void measure(int accounts) {
		String created = Imports.text(system.imports().post("/api/users",
				Map.of("username", "coordinator.%d".formatted(accounts), "firstName", "Kim", "lastName", "Harper",
						"email", "kim@people.example", "role", "DTC", "organizations", List.of(DISTRICT))));
		JsonNode coordinator = JSON.readTree(created);
		String district = system.tokens().of(new Tokens.Subject(coordinator.path("id").asString(), "kim", "DTC",
				List.of(DISTRICT), List.of(DISTRICT), List.of("manage-users"), "PORTAL", 1));
		for (String who : List.of("service center", "district coordinator")) {
			String token = who.startsWith("district") ? district : null;
			measure(accounts, who, token, "list", List.of(""));
			measure(accounts, who, token, "filter by school", List.of("?organization=" + SCHOOL));
			measure(accounts, who, token, "filter by district", List.of("?organization=" + DISTRICT));
			for (String column : List.of("firstName", "lastName", "email", "username", "role")) {
				measure(accounts, who, token, "sort by " + column,
						List.of("?sort=" + column + ",asc", "?sort=" + column + ",desc"));
			}
			measure(accounts, who, token, "search as one types", TYPED.stream().map(it -> "?search=" + it).toList());
			measure(accounts, who, token, "ready to test", List.of("/readiness?organization=" + DISTRICT));
			measure(accounts, who, token, "last page",
					List.of("?size=50&page=" + (token == null ? accounts : accounts / 20) / 50));
		}
		measureComparisons(accounts);
	}

	/** A list that says the same as the accounts, every one of which has to be looked at for that. */
	private void measureComparisons(int accounts) {
		Imports coordinator = system.coordinatorOf(DISTRICT);
		byte[] list = coordinator.post("/api/users/exports", Map.of("organization", DISTRICT)).body();
		UploadForm form = UploadForm.of("staff.csv", list, Map.of("organization", DISTRICT));
		List<Double> took = new ArrayList<>();
		int records = 0;
		for (int round = -COMPARISONS / 3; round < COMPARISONS; round++) {
			long begin = System.nanoTime();
			var answer = coordinator.post("/api/comparisons", form);
			double millis = Figures.millisSince(begin);
			JsonNode compared = Imports.json(answer);
			records = compared.path("records").size();
			if (answer.statusCode() != 201 || compared.path("affected").asInt() != 0)
				throw new IllegalStateException("compared: " + answer.statusCode());
			if (round >= 0) took.add(millis);
		}
		print(accounts, "district coordinator", "compare a list of all staff", records, took);
	}

	private void measure(int accounts, String who, @Nullable String token, String what, List<String> queries) {
		List<Double> took = new ArrayList<>();
		long found = 0;
		for (int round = -WARM_UP; round < ROUNDS; round++) {
			String path = "/api/users" + queries.get(Math.floorMod(round, queries.size()));
			long begin = System.nanoTime();
			var answer = token == null ? system.imports().get(path) : system.imports().call("GET", path, token, null);
			double millis = Figures.millisSince(begin);
			if (answer.statusCode() != 200) throw new IllegalStateException(path + ": " + answer.statusCode());
			if (round >= 0) took.add(millis);
			if (round == ROUNDS - 1) found = Imports.json(answer).path("totalItems").asLong();
		}
		print(accounts, who, what, found, took);
	}

	private static void print(int accounts, String who, String what, long found, List<Double> millis) {
		Figures.of("roster").at("accounts", accounts).at("who", who).at("what", what).found("found", found)
				.found("p50Millis", Figures.percentile(millis, 50)).found("p99Millis", Figures.percentile(millis, 99))
				.print();
	}
}
