package io.rollcall.acceptance;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Directory;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.UploadForm;

import static org.assertj.core.api.Assertions.assertThat;

/** A list of all the staff of a school: compared, applied by hand, and compared again. */
class ComparisonIT {
	private static final String SCHOOL = Directory.CONWAY + "-00680005";
	/** Careless or hostile requests, {@code -Drollcall.careless=10000} for many. */
	private static final int CARELESS = Integer.getInteger("rollcall.careless", 200);

	private final RunningSystem system = RunningSystem.shared();
	private Imports coordinator;

	@BeforeEach
	void appoint() {
		coordinator = system.coordinatorOf(Directory.CONWAY);
		everybodyLeaves(); // whom another test left behind
	}

	private void everybodyLeaves() {
		List<String> ids = ids(
				Imports.json(coordinator.get("/api/users?size=200&organization=" + SCHOOL)).path("items"),
				"id");
		if (!ids.isEmpty()) coordinator.post("/api/users/deactivations", Map.of("userIds", ids));
	}

	private static List<String> ids(JsonNode people, String name) {
		return people.valueStream().map(it -> it.path(name).asString()).toList();
	}

	private static List<Row> teachers(String name, int count) {
		return People.of(name, count, SCHOOL, SCHOOL).stream().map(row -> row.with(Column.ROLE, "TA")).toList();
	}

	private HttpResponse<byte[]> uploaded(List<Row> list, String organization) {
		return coordinator.post("/api/comparisons",
				UploadForm.of("staff.csv", People.file(list), Map.of("organization", organization)));
	}

	private static String groups(JsonNode compared) {
		return compared.path("records").valueStream().map(it -> it.path("group").asString())
				.collect(Collectors.joining(" "));
	}

	private JsonNode look(JsonNode compared) {
		return Imports.json(coordinator.get("/api/comparisons/" + compared.path("id").asString()));
	}

	private @Nullable String account(String username) {
		for (String status : List.of("active", "deactivated")) {
			JsonNode found = Imports.json(
					coordinator.get("/api/users?status=" + status + "&search=" + username)).at("/items/0/id");
			if (found.isString()) return found.asString();
		}
		return null;
	}

	@Test
	void listAndAccountsComeToAgree() {
		List<Row> people = teachers("compared", 11);
		assertThat(system.imports().run("people.csv", People.file(people), "add").created()).isEqualTo(11);
		String returning = account("compared.011");
		coordinator.post("/api/users/deactivations", Map.of("userIds", List.of(returning)));

		List<Row> list = new ArrayList<>(people);
		list.subList(6, 8).clear(); // 7 and 8 have left
		list.set(5, people.get(5).with(Column.PHONE, "413-555-9999"));
		list.set(6, people.get(8).with(Column.USERNAME, "compared.renamed")); // 9
		list.set(7, people.get(9).with(Column.USERNAME, "compared.heir").with(Column.FNAME, "Sam")); // 10's address
		list.add(teachers("compared.new", 1).getFirst());
		HttpResponse<byte[]> answer = uploaded(list, SCHOOL);
		assertThat(answer.statusCode()).as(Imports.text(answer)).isEqualTo(201);
		JsonNode first = Imports.json(answer);
		assertThat(groups(first)).isEqualTo("same same same same same changed probable probable returned new");
		assertThat(ids(first.path("left"), "username")).containsExactly("compared.007", "compared.008");
		assertThat(first.at("/records/6/likeness").asString()).isEqualTo("address-and-name");
		assertThat(first.at("/records/7/likeness").asString()).isEqualTo("address");

		String path = "/api/comparisons/" + first.path("id").asString();
		var decisions = List.of(decision(first, 7, true), decision(first, 8, false));
		assertThat(coordinator.call("PATCH", path, Map.of("decisions", decisions)).statusCode()).isEqualTo(204);
		JsonNode decided = look(first);
		assertThat(groups(decided)).isEqualTo("same same same same same changed same new returned new");
		assertThat(ids(decided.path("left"), "username")).containsExactlyInAnyOrder("compared.007", "compared.008",
				"compared.010");
		assertThat(decided.path("affected").asInt()).isEqualTo(4);
		assertThat(decided.path("held").asBoolean()).isTrue();

		assertThat(coordinator.call("POST", path + "/previews", Map.of("confirmed", 3)).statusCode()).isEqualTo(422);
		JsonNode previews = Imports.json(coordinator.post(path + "/previews", Map.of("confirmed", 4)));
		List<String> previewed = ids(previews.path("previews"), "id");
		assertThat(previewed).hasSize(2);
		previewed.forEach(coordinator::awaitCompleted);
		assertThat(coordinator.commit(previewed.getFirst()).created()).isEqualTo(2);
		assertThat(coordinator.commit(previewed.getLast()).updated()).isEqualTo(1);
		coordinator.post("/api/users/deactivations", Map.of("userIds", ids(decided.path("left"), "userId")));
		coordinator.post("/api/users/reactivations", Map.of("userIds", List.of(returning)));

		JsonNode again = look(first);
		assertThat(groups(again)).isEqualTo("same same same same same same same same same same");
		assertThat(again.path("left")).isEmpty();
		assertThat(again.path("affected").asInt()).isZero();
	}

	private static Map<String, Object> decision(JsonNode compared, int record, boolean same) {
		return Map.of("recordNumber", record, "userId",
				compared.at("/records/" + (record - 1) + "/account/userId").asString(), "same", same);
	}

	/** Whatever is sent to compare, decide and preview, and even to apply: a person's wish alone deactivates anybody. */
	@Test
	void noListDeactivatesAnybody() {
		List<Row> people = teachers("careless", 15);
		assertThat(system.imports().run("people.csv", People.file(people), "add").created()).isEqualTo(15);
		Set<String> before = active();
		var random = new Random(20250113);
		int affected = 0;
		int applied = 0;
		String path = "/api/comparisons/0b9d3c1e-7d9a-4c56-8f62-3f0f0a5b7e21"; // nobody's
		for (int i = 0; i < CARELESS; i++) {
			HttpResponse<byte[]> answer = switch (random.nextInt(4)) {
				case 0 -> uploaded(IntStream.range(0, 1 + random.nextInt(3))
						.mapToObj(_ -> careless(people.get(random.nextInt(people.size())), random)).toList(),
						random.nextBoolean() ? SCHOOL : Directory.CONWAY);
				case 1 -> coordinator.call("PATCH", path, Map.of("decisions",
						List.of(Map.of("recordNumber", 1 + random.nextInt(4), "userId",
								before.stream().skip(random.nextInt(before.size())).findFirst().orElseThrow(), "same",
								random.nextBoolean()))));
				case 2 -> coordinator.call("POST", path + "/previews",
						random.nextBoolean() ? Map.of("confirmed", affected) : Map.of("confirmed", random.nextInt(20)));
				default -> coordinator.answer(path);
			};
			assertThat(answer.statusCode()).as(path).isLessThan(500);
			if (answer.statusCode() == 201) {
				path = "/api/comparisons/" + Imports.json(answer).path("id").asString();
			}
			if (answer.statusCode() / 100 == 2 && Imports.text(answer).contains("\"affected\""))
				affected = Imports.json(answer).path("affected").asInt();
			if (answer.statusCode() != 200) continue;
			for (String preview : ids(Imports.json(answer).path("previews"), "id")) {
				coordinator.awaitCompleted(preview);
				if (random.nextInt(3) > 0) continue;
				coordinator.commit(preview);
				applied++;
			}
		}
		assertThat(applied).as("previews that were applied").isPositive();
		assertThat(active()).containsAll(before);
	}

	private static Row careless(Row row, Random random) {
		return switch (random.nextInt(6)) {
			case 0 -> row.with(Column.PHONE, "");
			case 1 -> row.with(Column.USERNAME, row.cell(Column.USERNAME) + random.nextInt(9));
			case 2 -> row.with(Column.ROLE, "deactivated");
			case 3 -> row.with(Column.LNAME, "Left");
			case 4 -> row.with(Column.ORG, "");
			default -> row;
		};
	}

	private Set<String> active() {
		return new TreeSet<>(
				ids(Imports.json(coordinator.get("/api/users?size=200&organization=" + SCHOOL)).path("items"), "id"));
	}
}
