package io.rollcall.imports.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.UserCommand;
import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.Client.Answer;
import io.rollcall.imports.testing.ReferencePlayer;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.testing.Backends;

import static io.rollcall.imports.testing.Client.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Look, then leap: dry runs, what becomes of them, and what the screen says beside the rows. */
class PreviewIT extends WholeService {
	@LocalServerPort
	int port;

	private final UUID account = UUID.randomUUID();
	private Client client;
	private UserServicePlayer userService;

	@BeforeEach
	void prepare() {
		client = new Client(port, Backends.issuer().districtCoordinator(account, "00050000"));
		userService = UserServicePlayer.playing();
	}

	private JsonNode dryRun(String action, String content) {
		Answer answer = client.upload(Map.of("action", action, "dryRun", "true"), "preview.csv",
				content.getBytes(UTF_8), Map.of());
		assertThat(answer.status()).as(answer.text()).isEqualTo(202);
		return answer.json();
	}

	private Answer commit(Client who, JsonNode dryRun) {
		return who.send(who.request("/api/imports/" + id(dryRun) + "/commit").POST(BodyPublishers.noBody()));
	}

	private static UUID id(JsonNode imported) {
		return UUID.fromString(imported.path("id").asString());
	}

	@Test
	void mailsThatWouldGoOutAreCounted() {
		JsonNode added = client.completed(dryRun("add", file("mails1", "mails2", "rejectedMails")));
		assertThat(added.path("mails").asInt()).isEqualTo(8);
		JsonNode updated = client.completed(dryRun("update", file("moved1", "updatedMails", "unchangedMails")));
		assertThat(updated.path("mails").asInt()).as("two of the address, two with credentials").isEqualTo(4);
		JsonNode rows = client.get("/api/imports/" + id(updated) + "/rows").json().path("items");
		assertThat(rows.get(0).path("credentialsSent").toString()).isEqualTo("[\"TRAINING\"]");
		assertThat(rows.get(1).path("credentialsSent").toString()).isEqualTo("[]");
	}

	@Test
	void rowOfADryRunBringsAlongThoseBeforeItOfTheSamePerson() {
		JsonNode run = client.completed(dryRun("add", file("Again", "other", "again ", "AGAIN")));
		List<UserCommand> commands = userService.commands(id(run));
		assertThat(commands).allSatisfy(command -> assertThat(
				command.earlierRows().stream().map(cells -> cells.get("Username")).toList())
				.isEqualTo(switch (command.recordNumber()) {
					case 3 -> List.of("Again");
					case 4 -> List.of("Again", "again ");
					default -> List.of();
				}));
		JsonNode real = client.completed(client.upload("add", file("Again", "again ")).json());
		assertThat(userService.commands(id(real))).allMatch(command -> command.earlierRows().isEmpty());
	}

	@Test
	void commitAppliesTheDryRunOnceAndSaysWhatHasChangedSince() {
		JsonNode preview = client.completed(dryRun("add", file("commitA", "changingB", "rejectedC")));
		assertThat(preview.path("created").asInt()).isEqualTo(2);

		Answer first = commit(client, preview);
		assertThat(first.status()).as(first.text()).isEqualTo(202);
		UUID id = id(first.json());
		assertThat(first.header("Location")).isEqualTo("/api/imports/" + id);
		assertThat(first.json().path("previewOf").asString()).isEqualTo(id(preview).toString());
		assertThat(first.json().path("dryRun").asBoolean()).isFalse();
		JsonNode completed = client.completed(first.json());

		assertThat(completed.path("created").asInt()).isEqualTo(1);
		assertThat(completed.path("changedSincePreview").asInt()).isEqualTo(1);
		assertThat(userService.records(id)).as("asked for when the dry run was handed in")
				.extracting(UserServicePlayer::time)
				.containsOnly(Instant.parse(preview.path("submittedAt").asString()));
		assertThat(userService.commands(id)).hasSize(3).noneMatch(UserCommand::dryRun)
				.allMatch(command -> command.uploaderId().equals(account));
		JsonNode rows = client.get("/api/imports/" + id + "/rows?changedSincePreview=true").json().path("items");
		assertThat(rows).hasSize(1);
		assertThat(rows.get(0).path("outcome").asString()).isEqualTo("rejected");
		assertThat(rows.get(0).path("preview").path("outcome").asString()).isEqualTo("created");
		JsonNode same = client.get("/api/imports/" + id + "/rows").json().path("items").get(0);
		assertThat(same.path("preview").isNull()).isTrue();
		assertThat(client.get("/api/imports/" + id + "/file").text())
				.isEqualTo(file("commitA", "changingB", "rejectedC"));
		assertThat(client.get("/api/imports/" + id(preview)).json().path("committedAs").asString())
				.isEqualTo(id.toString());

		Answer again = commit(client, preview);
		assertThat(again.status()).isEqualTo(202);
		assertThat(id(again.json())).isEqualTo(id);
		assertThat(userService.commands(id)).hasSize(3);
	}

	@Test
	void onlyADryRunOfOnesOwnThatIsCompletedIsCommitted() {
		JsonNode open = dryRun("add", file("silentDry"));
		commit(client, open).isProblem(409, "import-not-completed");
		userService.publish(List.of(new io.rollcall.contracts.UserCommandResult.Created(id(open) + "/1", id(open), 1,
				null)));
		client.completed(open);
		commit(new Client(port, Backends.issuer().serviceCenter()), open).isProblem(403, "not-own");
		commit(new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), "00350000")), open)
				.isProblem(404, "not-found");
		JsonNode real = client.completed(client.upload("add", file("realOne")).json());
		commit(client, real).isProblem(409, "nothing-corrected");
	}

	@Test
	void warningsStandWithTheirRowsAndChangeNothingElse() {
		JsonNode preview = client.completed(dryRun("add", file("warnedA", "calmingB", "rejectedC", "fineD")));
		assertThat(preview.path("warned").asInt()).isEqualTo(2);
		assertThat(preview.path("created").asInt()).isEqualTo(3);
		assertThat(preview.path("rejected").asInt()).isEqualTo(1);
		assertThat(warnings(preview)).containsExactly("[first-name-misread]", "[first-name-misread]", "[]", "[]");
		assertThat(client.get("/api/imports/" + id(preview) + "/errors").text()).contains("rejectedC")
				.doesNotContain("warnedA", "has signs");

		JsonNode applied = client.completed(commit(client, preview).json());
		assertThat(applied.path("warned").asInt()).isEqualTo(1);
		assertThat(applied.path("changedSincePreview").asInt()).as("that it is warned of no more").isZero();
		assertThat(warnings(applied)).containsExactly("[first-name-misread]", "[]", "[]", "[]");
	}

	private List<String> warnings(JsonNode imported) {
		return client.get("/api/imports/" + id(imported) + "/rows").json().path("items").valueStream()
				.map(row -> row.path("warnings").valueStream().map(it -> it.path("code").asString()).toList()
						.toString())
				.toList();
	}

	@Test
	void whoUploadsTheSameBytesAgainIsToldSo() {
		String content = file("same" + UUID.randomUUID().toString().substring(0, 8));
		JsonNode preview = dryRun("add", content);
		assertThat(preview.path("warnings")).isEmpty();
		JsonNode first = client.upload("add", content).json();
		assertThat(first.path("warnings")).as("the dry run before it did nothing").isEmpty();
		JsonNode second = client.upload("add", content).json();
		assertThat(second.path("warnings").get(0).path("code").asString()).isEqualTo("same-content");
		assertThat(second.path("warnings").get(0).path("importId").asString()).isEqualTo(id(first).toString());
		assertThat(client.get("/api/imports/" + id(second)).json().path("warnings")).hasSize(1);
		assertThat(client.upload("update", content).json().path("warnings")).isEmpty();
		var somebodyElse = new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), "00050000"));
		assertThat(somebodyElse.upload("add", content).json().path("warnings")).isEmpty();
	}

	@Test
	void whatWasMeantStandsBesideTheRowAndNotInItsNotes() {
		String content = """
				Username,Fname,Lname,Email,Role,Org
				mistyped1,Maria,Okafor,m@a.example, test  administrator\u00A0,50000\u00A0| 00050000-00050303
				mistyped2,Maria,Okafor,m@a.example,King,50000|nowhere
				fine,Maria,Okafor,m@a.example,TA,00050000
				""";
		JsonNode completed = client.completed(client.upload("add", content).json());
		String path = "/api/imports/" + id(completed) + "/rows";
		JsonNode rows = client.get(path).json().path("items");
		JsonNode suggestions = rows.get(0).path("suggestions");
		assertThat(suggestions.valueStream().map(it -> it.path("field").asString() + "=" + it.path("value").asString()
				+ " (" + it.path("reason").asString() + ")")).containsExactlyInAnyOrder(
						"role=TA (The code of Test Administrator)",
						"organizations=00050000|00050000-00050303 (The code of Agawam)");
		assertThat(rows.get(1).path("suggestions")).as("one of the codes may be anything").isEmpty();
		assertThat(rows.get(2).path("suggestions")).isEmpty();
		assertThat(client.get("/api/imports/" + id(completed) + "/errors").text())
				.contains("Invalid role; Invalid organization number\r\n").doesNotContain("Agawam");

		ReferencePlayer.playing().setAway(true);
		try {
			assertThat(client.get(path).status()).as("without suggestions, but at once").isEqualTo(200);
		} finally {
			ReferencePlayer.playing().setAway(false);
		}
	}
}
