package io.rollcall.acceptance.campaign;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Databases;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Imports are undone while every program, broker and database among them, is killed at random. Each row is taken back once: whom
 * nobody has changed since is deactivated, or has the old name again; whom somebody has edited stays as that person wanted it. The
 * history tells it once, and whoever is deactivated gets one mail.
 */
@EnabledIfSystemProperty(named = "rollcall.campaign", matches = "true")
class UndoKillIT {
	private static final int KILLS = Integer.getInteger("rollcall.campaign.undo-kills", 10);
	/** Of each kind; their undos are spread over all kills. */
	private static final int IMPORTS = Math.clamp(KILLS, 1, 5);
	private static final int ROWS = 200;
	/** Each so manieth is edited by form between import and undo. */
	private static final int EDITED = 10;

	private final RunningSystem system = RunningSystem.shared();
	private final long seed = Long.getLong("rollcall.seed", 20250113);
	private final PatientClient client = new PatientClient(URI.create(system.portal()), system.bootstrapClientSecret());
	private final Killer killer = new Killer(system, new Plan(seed, 0, KILLS));

	/** An import to be undone, and the people of its rows in their order. */
	private record Undone(String id, List<Row> people, boolean added) {}

	@Test
	void whateverIsKilledEachRowIsTakenBackOnce() throws Exception {
		List<Undone> imports = new ArrayList<>();
		for (int i = 0; i < IMPORTS; i++) {
			List<Row> added = People.of("undone.a%d".formatted(i), ROWS);
			imports.add(new Undone(system.imports().run("added.csv", People.file(added), "add").id(), added, true));
			List<Row> renamed = People.of("undone.b%d".formatted(i), ROWS);
			system.imports().run("before.csv", People.file(renamed), "add");
			imports.add(new Undone(system.imports().run("renamed.csv", People.file(renamed.stream()
					.map(row -> row.with(Column.LNAME, "Renamed")).toList()), "update").id(), renamed, false));
		}
		system.awaitRest();
		Map<String, String> ids = accountIds();
		for (Undone it : imports)
			edited(it).forEach(row -> edit(ids.get(row.cell(Column.USERNAME))));
		system.awaitRest();
		long newestMail = system.inbox().newest();

		List<String> undos = new ArrayList<>();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<?> kills = threads.submit(killer);
			for (int i = 0; i < imports.size(); i++) {
				while (killer.done() < (long) KILLS * i / imports.size())
					PatientClient.pause();
				undos.add(undo(imports.get(i).id()));
			}
			kills.get();
		} finally {
			killer.restoreAll();
		}
		for (String undo : undos)
			Await.until("the undo " + undo, () -> isCompleted(undo) ? true : null);
		system.awaitRest();

		Map<String, JsonNode> accounts = latest();
		List<String> ended = new ArrayList<>();
		int kept = 0;
		for (int i = 0; i < imports.size(); i++) {
			Undone it = imports.get(i);
			String undo = undos.get(i);
			assertThat(undo(it.id())).as("asked again").isEqualTo(undo);
			List<String> outcomes = client.get("/api/imports/" + undo + "/rows?size=" + ROWS).path("items")
					.valueStream().map(row -> row.path("outcome").asString()).toList();
			List<Row> edited = edited(it).toList();
			for (int row = 0; row < ROWS; row++) {
				Row person = it.people().get(row);
				boolean keeps = edited.contains(person);
				JsonNode account = accounts.get(person.cell(Column.USERNAME));
				assertThat(outcomes.get(row)).as(person.cell(Column.USERNAME))
						.isEqualTo(keeps ? "unchanged" : "updated");
				assertThat(account.path("status").asString()).as(person.cell(Column.USERNAME))
						.isEqualTo(it.added() && !keeps ? "deactivated" : "active");
				if (it.added() && !keeps)
					ended.add(person.cell(Column.EMAIL) + " Your user account has been deactivated");
				assertThat(account.path("lastName").asString()).as(person.cell(Column.USERNAME))
						.isEqualTo(keeps ? "Edited" : person.cell(Column.LNAME));
			}
			assertThat(historyOf(undo)).as("entries of the undo of " + it).isEqualTo(ROWS - edited.size());
			kept += edited.size();
		}
		assertThat(system.inbox().after(newestMail).stream().map(mail -> mail.recipient() + " " + mail.subject())
				.distinct()).containsExactlyInAnyOrderElementsOf(ended);
		System.out.printf("Undo, seed %d: %d rows of %d imports taken back, %d kept, %d kills %s%n", seed,
				imports.size() * ROWS - kept, imports.size(), kept, killer.done(), killer.deaths());
	}

	private static Stream<Row> edited(Undone it) {
		return IntStream.range(0, ROWS).filter(i -> i % EDITED == 0).mapToObj(it.people()::get);
	}

	private String undo(String id) {
		HttpResponse<byte[]> answer = client.patiently("/api/imports/" + id + "/undo",
				HttpRequest.newBuilder().header("Idempotency-Key", "undo-" + id).POST(BodyPublishers.noBody()));
		assertThat(answer.statusCode()).as(PatientClient.describe(answer)).isEqualTo(202);
		return PatientClient.json(answer).path("id").asString();
	}

	private boolean isCompleted(String id) {
		return client.get("/api/imports/" + id).path("status").asString().equals("completed");
	}

	private void edit(String account) {
		HttpResponse<byte[]> found = client.patiently("/api/users/" + account, HttpRequest.newBuilder().GET());
		ObjectNode form = (ObjectNode) PatientClient.json(found);
		form.retain("username", "firstName", "email", "role", "organizations", "programs", "phone", "fax", "address");
		form.put("lastName", "Edited");
		HttpResponse<byte[]> answer = client.patiently("/api/users/" + account,
				HttpRequest.newBuilder().header("Content-Type", "application/json")
						.header("If-Match", found.headers().firstValue("ETag").orElseThrow())
						.PUT(BodyPublishers.ofString(form.toString())));
		assertThat(answer.statusCode()).as(PatientClient.describe(answer)).isEqualTo(200);
	}

	private Map<String, String> accountIds() {
		Map<String, String> ids = new HashMap<>();
		for (JsonNode event : system.topics().values("user-events"))
			ids.put(event.path("account").path("username").asString(), event.path("accountId").asString());
		return ids;
	}

	/** Each account as its last event tells it. */
	private Map<String, JsonNode> latest() {
		Map<String, JsonNode> latest = new HashMap<>();
		for (JsonNode event : system.topics().values("user-events"))
			latest.merge(event.path("account").path("username").asString(), event,
					(one, other) -> one.path("version").asLong() > other.path("version").asLong() ? one : other);
		latest.replaceAll((_, event) -> event.path("account"));
		return latest;
	}

	private long historyOf(String undo) {
		return system.databases().collection(Databases.USERS, "history")
				.countDocuments(new Document("importId", Databases.uuid(UUID.fromString(undo))));
	}
}
