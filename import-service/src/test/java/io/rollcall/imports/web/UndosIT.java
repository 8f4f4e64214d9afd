package io.rollcall.imports.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;

import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.data.mongodb.core.MongoTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.UserCommand;
import io.rollcall.contracts.UserCommand.UndoRow;
import io.rollcall.contracts.UserCommandResult;
import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.Client.Answer;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.testing.Backends;

import static io.rollcall.imports.testing.Client.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What was done by mistake, taken back. */
class UndosIT extends WholeService {
	@LocalServerPort
	int port;
	@Autowired
	MongoTemplate mongo;
	@Autowired
	JsonMapper json;

	private final UUID account = UUID.randomUUID();
	private Client client;
	private UserServicePlayer userService;

	@BeforeEach
	void prepare() {
		client = new Client(port, Backends.issuer().districtCoordinator(account, "00050000"));
		userService = UserServicePlayer.playing();
	}

	private JsonNode imported(String action, String... usernames) {
		return client.completed(client.upload(action, file(usernames)).json());
	}

	private static Answer undo(Client who, JsonNode imported) {
		return who.send(who.request("/api/imports/" + id(imported) + "/undo").POST(BodyPublishers.noBody()));
	}

	private Answer undo(JsonNode imported, Object body, String... key) {
		var request = client.request("/api/imports/" + id(imported) + "/undo").header("Content-Type",
				"application/json").POST(BodyPublishers.ofString(json.writeValueAsString(body)));
		if (key.length > 0) request.header("Idempotency-Key", key[0]);
		return client.send(request);
	}

	private static UUID id(JsonNode imported) {
		return UUID.fromString(imported.path("id").asString());
	}

	private JsonNode get(UUID id) {
		return client.get("/api/imports/" + id).json();
	}

	private JsonNode rows(JsonNode imported) {
		return client.get("/api/imports/" + id(imported) + "/rows").json().path("items");
	}

	private List<UndoRow> commands(JsonNode imported) {
		return userService.commands(id(imported)).stream().map(UndoRow.class::cast).toList();
	}

	@Test
	void recordsThatCreatedSomebodyAreTakenBackWithWhatTheyDid() {
		JsonNode added = imported("add", "rejectedA", "newB", "unchangedC", "usedD");
		Answer answer = undo(client, added);
		assertThat(answer.status()).as(answer.text()).isEqualTo(202);
		assertThat(answer.header("Location")).isEqualTo("/api/imports/" + id(answer.json()));
		assertThat(answer.json().path("undoOf").asString()).isEqualTo(id(added).toString());
		JsonNode undo = client.completed(answer.json());

		List<UndoRow> commands = commands(undo);
		assertThat(commands).extracting(UserCommand::recordNumber).containsExactlyInAnyOrder(1, 2);
		Instant handedIn = Instant.parse(added.path("submittedAt").asString());
		assertThat(commands).filteredOn(it -> it.recordNumber() == 1).containsExactly(new UndoRow(id(undo) + "/1",
				id(undo), 1, Map.of("Username", "newB"), account, false,
				new UserCommand.Undone(id(added) + "/2", handedIn, UUID.nameUUIDFromBytes("newB".getBytes()), true,
						List.of(), false)));
		assertThat(userService.records(id(undo))).allSatisfy(record -> {
			assertThat(UserServicePlayer.time(record))
					.isEqualTo(Instant.parse(undo.path("submittedAt").asString()));
			assertThat(record.key()).as("in the order of the person's other rows").isIn("newb", "usedd");
		});

		assertThat(undo.path("deactivated").asInt()).isEqualTo(1);
		assertThat(undo.path("updated").asInt()).isEqualTo(1);
		assertThat(undo.path("unchanged").asInt()).isEqualTo(1);
		assertThat(undo.path("mails").asInt()).as("that the account is deactivated").isEqualTo(1);
		assertThat(undo.path("message").asString())
				.isEqualTo("The import has been undone for 1 of 2 record(s).");
		JsonNode rows = rows(undo);
		assertThat(rows.get(0).path("undoes").asInt()).isEqualTo(2);
		assertThat(rows.get(0).path("outcome").asString()).isEqualTo("updated");
		assertThat(rows.get(0).path("changes").toString())
				.isEqualTo("[{\"field\":\"status\",\"before\":\"active\",\"after\":\"deactivated\"}]");
		assertThat(rows.get(1).path("undoes").asInt()).isEqualTo(4);
		assertThat(rows.get(1).path("notes").get(0).path("code").asString()).isEqualTo("used-since");
		assertThat(get(id(added)).path("undoneBy").asString()).isEqualTo(id(undo).toString());
		assertThat(get(id(added)).path("status").asString()).isEqualTo("completed");
	}

	@Test
	void fieldsThatWereChangedGoBackAndTheMailsOfItAreCounted() {
		JsonNode updated = imported("update", "updatedE", "movedF", "unchangedG");
		JsonNode preview = client.completed(undo(updated, Map.of("dryRun", true)).json());
		assertThat(preview.path("dryRun").asBoolean()).isTrue();
		assertThat(preview.path("message").asString())
				.isEqualTo("Nothing has been changed. The import would be undone for 2 of 2 record(s).");
		assertThat(get(id(updated)).path("undoneBy").isNull()).as("nothing has happened").isTrue();
		assertThat(commands(preview)).allMatch(UndoRow::dryRun).allMatch(it -> !it.undone().created());
		assertThat(commands(preview)).filteredOn(it -> it.recordNumber() == 1)
				.flatExtracting(it -> it.undone().changes())
				.containsExactly(new UserCommandResult.Change("lastName", "Old", "New"));
		assertThat(preview.path("mails").asInt()).as("two of the address, two with credentials").isEqualTo(4);

		JsonNode undo = client.completed(undo(client, updated).json());
		assertThat(id(undo)).isNotEqualTo(id(preview));
		assertThat(undo.path("mails").asInt()).isEqualTo(4);
		assertThat(rows(undo).get(0).path("changes").toString())
				.isEqualTo("[{\"field\":\"lastName\",\"before\":\"New\",\"after\":\"Old\"}]");
		assertThat(rows(undo).get(0).path("notes").get(0).path("message").asString())
				.isEqualTo("Phone was changed since");
	}

	@Test
	void anImportIsUndoneAsOftenAsSomebodyAsksAndOnceForAKey() {
		JsonNode added = imported("add", "usedH", "newI");
		JsonNode look = client.completed(undo(added, Map.of("dryRun", true, "used", List.of(1))).json());
		assertThat(look.path("deactivated").asInt()).isEqualTo(2);

		JsonNode first = client.completed(undo(added, Map.of()).json());
		assertThat(first.path("deactivated").asInt()).isEqualTo(1);
		JsonNode second = client.completed(undo(added, Map.of("used", List.of(1)), "a-key-of-h").json());
		assertThat(id(second)).as("of the account in use somebody has thought again").isNotEqualTo(id(first));
		assertThat(commands(second)).hasSize(2)
				.allSatisfy(it -> assertThat(it.undone().evenIfUsed()).isEqualTo(it.recordNumber() == 1));
		assertThat(get(id(added)).path("undoneBy").asString()).as("the last").isEqualTo(id(second).toString());
		assertThat(get(id(added)).path("undoneAt")).isEqualTo(second.path("submittedAt"));

		assertThat(id(undo(added, Map.of("used", List.of(1)), "a-key-of-h").json())).isEqualTo(id(second));
		undo(added, Map.of("used", List.of(2)), "a-key-of-h").isProblem(422, "idempotency-key-reused");
		undo(imported("add", "newX"), Map.of("used", List.of(1)), "a-key-of-h").isProblem(422,
				"idempotency-key-reused");
		undo(added, Map.of(), "k".repeat(256)).isProblem(422, "invalid-request");
		undo(added, Map.of("used", List.of(0, 3))).isProblem(422, "invalid-request");
	}

	/** What one asks for is not what another gets: each undo has what was asked with it. */
	@Test
	void whoAsksAtTheSameTimeAsAnotherIsHeard() throws Exception {
		JsonNode added = imported("add", "newY", "newZ");
		List<Map<String, List<Integer>>> wishes = List.of(Map.of("used", List.of(1)), Map.of("used", List.of(2)),
				Map.of("used", List.of()));
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var asked = wishes.stream().map(it -> threads.submit(() -> undo(added, it).json())).toList();
			for (int i = 0; i < wishes.size(); i++) {
				JsonNode undo = client.completed(asked.get(i).get());
				assertThat(commands(undo).stream().filter(it -> it.undone().evenIfUsed())
						.map(UserCommand::recordNumber).toList()).isEqualTo(wishes.get(i).get("used"));
			}
		}
	}

	@Test
	void whoeverSeesTheImportUndoesItWithRightsOfTheirOwn() {
		JsonNode added = imported("add", "newJ");
		UUID colleague = UUID.randomUUID();
		var other = new Client(port, Backends.issuer().districtCoordinator(colleague, "00050000"));
		undo(new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), "00350000")), added)
				.isProblem(404, "not-found");
		JsonNode undo = other.completed(undo(other, added).json());
		assertThat(commands(undo)).extracting(UserCommand::uploaderId).containsExactly(colleague);
	}

	@Test
	void whatCannotBeUndoneIsRefused() {
		JsonNode open = client.upload("add", file("silentK")).json();
		undo(client, open).isProblem(409, "import-not-completed");
		JsonNode dryRun = client.completed(client.upload(Map.of("action", "add", "dryRun", "true"), "users.csv",
				file("newL").getBytes(UTF_8), Map.of()).json());
		undo(client, dryRun).isProblem(409, "nothing-to-undo");
		undo(client, imported("add", "rejectedM", "unchangedN")).isProblem(409, "nothing-to-undo");

		JsonNode added = imported("add", "newO", "rejectedP");
		JsonNode undo = client.completed(undo(client, added).json());
		undo(client, undo).isProblem(409, "import-is-undo");
		JsonNode old = imported("add", "newQ");
		set(id(old), "completedAt", Date.from(Instant.now().minus(Duration.ofDays(30)).minusSeconds(60)));
		undo(client, old).isProblem(409, "undo-too-late", "30 days");
		set(id(old), "completedAt", Date.from(Instant.now().minus(Duration.ofDays(30)).plusSeconds(600)));
		assertThat(undo(client, old).status()).isEqualTo(202);
	}

	@Test
	void undoThatIsAskedForAgainAfterItsTimeIsTheOneThatThereIs() {
		JsonNode added = imported("add", "newR");
		JsonNode undone = client.completed(undo(added, Map.of(), "answer-lost").json());
		set(id(added), "completedAt", Date.from(Instant.now().minus(Duration.ofDays(30)).minusSeconds(60)));
		assertThat(undo(added, Map.of(), "answer-lost").json().path("id")).isEqualTo(undone.path("id"));
		undo(added, Map.of(), "another").isProblem(409, "undo-too-late", "30 days");
	}

	@Test
	void whoeverSeesAnImportIsToldWhetherItCanBeUndoneOrIs() {
		JsonNode added = imported("add", "newS");
		Instant completedAt = Instant.parse(get(id(added)).path("completedAt").asString());
		assertThat(until(added)).isEqualTo(completedAt.plus(Duration.ofDays(30)).toString());
		for (JsonNode none : List.of(imported("add", "rejectedT"), client.upload("add", file("silentU")).json(),
				client.completed(undo(added, Map.of("dryRun", true)).json())))
			assertThat(until(none)).as("nothing to undo").isEqualTo("null");

		var serviceCenter = new Client(port, Backends.issuer().serviceCenter());
		JsonNode undo = serviceCenter.completed(undo(serviceCenter, added).json());
		assertThat(undo.path("undo").asBoolean()).isTrue();
		assertThat(undo.path("undoUntil").isNull()).isTrue();
		assertThat(until(added)).as("again, of what was kept").isNotEqualTo("null");
		assertThat(get(id(added)).path("undoneAt")).isEqualTo(undo.path("submittedAt"));
		assertThat(get(id(added)).path("undoneBy").isNull()).as("out of sight").isTrue();
		assertThat(get(id(added)).path("undo").asBoolean()).isFalse();
	}

	private String until(JsonNode imported) {
		return get(id(imported)).path("undoUntil").asString("null");
	}

	@Test
	void theHistoryHasTheUndoAndNoneOfItsPreviews() {
		JsonNode added = imported("add", "newV");
		client.completed(undo(added, Map.of("dryRun", true)).json());
		JsonNode undo = client.completed(undo(client, added).json());
		for (String query : List.of("", "?dryRun=true")) {
			assertThat(client.get("/api/imports" + query).json().path("items").valueStream()
					.filter(it -> it.path("undoOf").asString("").equals(id(added).toString())).map(UndosIT::id)
					.toList()).as(query)
					.isEqualTo(query.isEmpty() ? List.of(id(undo)) : List.of());
		}
	}

	/** Its records are not those of a file: neither corrected nor applied, and no instance that knows no undo sends them. */
	@Test
	void anUndoIsNoFile() {
		JsonNode added = imported("add", "hushedR");
		JsonNode undo = undo(client, added).json();
		assertThat(mongo.getCollection("imports").find(new Document("_id", id(undo).toString())).first())
				.containsEntry("status", "processing-3");
		JsonNode look = undo(added, Map.of("dryRun", true)).json();
		client.send("POST", "/api/imports/" + id(look) + "/commit", Map.of()).isProblem(409, "import-is-undo");
		client.send("PATCH", "/api/imports/" + id(look) + "/draft",
				Map.of("corrections", List.of(Map.of("recordNumber", 1, "cells", Map.of("Role", "STC")))))
				.isProblem(409, "import-is-undo");
		client.get("/api/imports/" + id(undo) + "/errors").isProblem(409, "import-is-undo");
		assertThat(client.get("/api/imports/" + id(undo) + "/file").text()).isEqualTo(file("hushedR"));
		JsonNode again = client.upload("add", file("hushedR")).json();
		assertThat(again.path("warnings").get(0).path("importId").asString())
				.as("the same bytes, not those of the undo").isEqualTo(id(added).toString());
	}

	private void set(UUID id, String field, Object value) {
		mongo.getCollection("imports").updateOne(new Document("_id", id.toString()),
				new Document("$set", new Document(field, value)));
	}
}
