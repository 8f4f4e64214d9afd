package io.rollcall.imports.web;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.UserCommand;
import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.Client.Answer;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.testing.Backends;

import static io.rollcall.imports.testing.Client.HEADER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Records of which the file itself decides, and records that lack cells: what goes out, what is shown, what comes back. */
class DecidedByFileIT extends WholeService {
	@LocalServerPort
	int port;

	private Client client;
	private UserServicePlayer userService;

	@BeforeEach
	void prepare() {
		client = new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), "00050000"));
		userService = UserServicePlayer.playing();
	}

	private static String row(String username) {
		return username + ",Maria,Okafor,m@a.example,TA,00050000-00050303";
	}

	private JsonNode run(String action, String content) {
		Answer answer = client.upload(action, content);
		assertThat(answer.status()).as(answer.text()).isEqualTo(202);
		return client.completed(answer.json());
	}

	private static UUID id(JsonNode imported) {
		return UUID.fromString(imported.path("id").asString());
	}

	private JsonNode rows(JsonNode imported) {
		return client.get("/api/imports/" + id(imported) + "/rows").json().path("items");
	}

	private static List<String> outcomes(JsonNode rows) {
		return rows.valueStream().map(row -> row.path("outcome").asString()
				+ row.path("notes").valueStream().map(note -> " " + note.path("code").asString()).toList()).toList();
	}

	@Test
	void recordWithACommaTooManyIsRejectedAloneAndShownAsItWasMeant() {
		JsonNode completed = run("add",
				HEADER + ",Address\n" + row("fisk1") + ",\"4 Mill Lane, Agawam\"\n" + row("adler")
						+ ",6 Mill Lane, Agawam\n" + row("reyes") + "\n");
		assertThat(completed.path("message").asString()).contains("2 user(s)");
		JsonNode rows = rows(completed);
		assertThat(outcomes(rows)).containsExactly("created[]", "rejected[ record-surplus]", "created[]");
		assertThat(rows.get(1).path("cells").path("Address").asString()).isEqualTo("6 Mill Lane, Agawam");
		assertThat(rows.get(2).path("cells").has("Address")).isFalse();
		assertThat(userService.commands(id(completed))).extracting(UserCommand::recordNumber)
				.containsExactlyInAnyOrder(1, 3);
		String errors = client.get("/api/imports/" + id(completed) + "/errors").text();
		assertThat(errors).isEqualTo("\uFEFF" + HEADER + ",Address,Notes\r\n" + row("adler")
				+ ",\"6 Mill Lane, Agawam\",Record has more values than the file has columns\r\n");
		assertThat(outcomes(rows(run("add", errors)))).containsExactly("created[]");
	}

	@Test
	void secondRecordForAUsernameOfAnUpdateIsRejected() {
		String content = String.join("\n", HEADER, row("engelTwice"), row("other"),
				row("ENGELtwice").replace("303", "405| 00050000-00050303"), row("engeltwice"));
		JsonNode updated = run("update", content);
		assertThat(outcomes(rows(updated))).containsExactly("created[]", "created[]", "rejected[ username-repeated]",
				"rejected[ username-repeated]");
		JsonNode joined = rows(updated).get(2).path("suggestions").get(0);
		assertThat(joined.path("field").asString()).isEqualTo("organizations");
		assertThat(joined.path("value").asString()).isEqualTo("00050000-00050303|00050000-00050405");
		assertThat(joined.path("recordNumber").asInt()).as("the first is applied, and can no longer be corrected")
				.isZero();
		assertThat(rows(updated).get(0).path("suggestions")).isEmpty();
		assertThat(userService.commands(id(updated))).extracting(UserCommand::recordNumber).containsExactlyInAnyOrder(1,
				2);
		assertThat(userService.commands(id(run("add", content)))).as("of new people user-service decides").hasSize(4);
	}

	@Test
	void importOfWhichTheFileDecidesAllIsCompletedAndAnnouncedAtOnce() {
		Answer answer = client.upload("add", HEADER + "\n" + row("torn") + ",x\n");
		JsonNode stored = answer.json();
		assertThat(stored.path("status").asString()).isEqualTo("completed");
		assertThat(stored.path("message").asString()).startsWith("No users have been uploaded.");
		assertThat(stored.path("done").asInt()).isEqualTo(1);
		assertThat(client.get("/api/imports/" + id(stored)).json().path("completedAt").asString())
				.isEqualTo(stored.path("submittedAt").asString());
		assertThat(client.get("/api/imports/" + id(stored) + "/progress").json().path("secondsLeft").asInt()).isZero();
		assertThat(Awaitility.await().until(() -> ImportsIT.announcements(id(stored)), found -> !found.isEmpty()))
				.singleElement().satisfies(event -> assertThat(event.rejected()).isEqualTo(1));
		assertThat(userService.commands(id(stored))).isEmpty();
	}

	@Test
	void dryRunForetellsWhatTheFileDecidesAndItsCommitDoesTheSame() {
		String content = HEADER + "\n" + row("drySurplus") + ",x\n" + row("drySurplus") + "\n" + row("dryFine") + "\n";
		JsonNode preview = client.completed(
				client.upload(Map.of("action", "add", "dryRun", "true"), "x.csv", content.getBytes(UTF_8), Map.of())
						.json());
		assertThat(outcomes(rows(preview))).containsExactly("rejected[ record-surplus]", "created[]", "created[]");
		assertThat(userService.commands(id(preview))).as("what comes to nothing is not brought along")
				.hasSize(2).allMatch(command -> command.earlierRows().isEmpty());
		Answer commit = client.send(client.request("/api/imports/" + id(preview) + "/commit")
				.POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
		JsonNode committed = client.completed(commit.json());
		assertThat(outcomes(rows(committed))).isEqualTo(outcomes(rows(preview)));
		assertThat(committed.path("changedSincePreview").asInt()).isZero();
		assertThat(userService.commands(id(committed))).hasSize(2);
	}

	@Test
	void whatAShortRecordLacksIsInNoCommandAndComesBackAbsentFromTheErrorFile() {
		JsonNode updated = run("update", HEADER + ",Program,Phone,Address\n" + row("rejectedShort") + ",10\n"
				+ row("rejectedFull") + ",,,\n");
		assertThat(userService.commands(id(updated))).extracting(command -> command.cells().keySet().size())
				.containsExactlyInAnyOrder(7, 9);
		assertThat(rows(updated).get(0).path("cells").propertyNames()).hasSize(7).doesNotContain("Phone");
		String errors = client.get("/api/imports/" + id(updated) + "/errors").text();
		assertThat(errors).contains(row("rejectedShort") + ",10,(unchanged),(unchanged),");
		assertThat(userService.commands(id(run("update", errors))))
				.extracting(command -> command.cells().keySet().size())
				.containsExactlyInAnyOrder(7, 9);
	}
}
