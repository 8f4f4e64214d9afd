package io.rollcall.imports.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.testing.Backends;

import static io.rollcall.imports.testing.Client.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What somebody sees of their own imports who has other organizations now than when they uploaded. */
class MovedSubmitterIT extends WholeService {
	private static final List<String> MANAGES = List.of("manage-users");

	@LocalServerPort
	int port;

	private final UUID account = UUID.randomUUID();
	private final String old = "D" + UUID.randomUUID();
	private final String school = old + "-1";
	private final String other = "D" + UUID.randomUUID();
	private JsonNode dryRun;

	@BeforeEach
	void uploadedInTheOldDistrict() {
		UserServicePlayer.playing();
		Client then = coordinatorOf(old);
		dryRun = then.completed(then.upload(Map.of("action", "add", "dryRun", "true"), "old.csv",
				file("kept", "rejectedKept").getBytes(UTF_8), Map.of()).json());
		assertThat(seenBy(then)).isEqualTo(Seen.ALL);
	}

	private Client coordinatorOf(String... districts) {
		return new Client(port, Backends.issuer().districtCoordinator(account, districts));
	}

	private enum Seen {
		ALL, NOTHING
	}

	/** By every call there is; they agree. */
	private Seen seenBy(Client client) {
		String path = "/api/imports/" + dryRun.path("id").asString();
		boolean listed = client.get("/api/imports?size=500").text().contains(dryRun.path("id").asString());
		for (String what : List.of("", "/rows", "/errors", "/file", "/progress", "/draft")) {
			if (listed) {
				assertThat(client.get(path + what).status()).as(what).isEqualTo(200);
			} else {
				client.get(path + what).isProblem(404, "not-found");
			}
		}
		int live = client.send(client.request(path + "/progress").header("Accept", "text/event-stream").GET()).status();
		assertThat(live).as("live progress").isEqualTo(listed ? 200 : 404);
		return listed ? Seen.ALL : Seen.NOTHING;
	}

	private int commit(Client client) {
		return client.send(client.request("/api/imports/" + dryRun.path("id").asString() + "/commit")
				.POST(BodyPublishers.noBody())).status();
	}

	@Test
	void inAnotherDistrictNothing() {
		Client moved = coordinatorOf(other);
		assertThat(seenBy(moved)).isEqualTo(Seen.NOTHING);
		assertThat(commit(moved)).isEqualTo(404);
	}

	@Test
	void inBothDistrictsAll() {
		Client both = coordinatorOf(other, old);
		assertThat(seenBy(both)).isEqualTo(Seen.ALL);
		assertThat(commit(both)).isEqualTo(202);
	}

	@Test
	void atASchoolOfTheDistrictNothingThatWasTheWholeDistricts() {
		Client demoted = new Client(port,
				Backends.issuer().token(account, "STC", List.of(school), List.of(old), MANAGES));
		assertThat(seenBy(demoted)).isEqualTo(Seen.NOTHING);
		assertThat(commit(demoted)).isEqualTo(404);
	}

	@Test
	void whatTheyUploadedForASchoolTheySeeInItsDistrict() {
		Client atSchool = new Client(port,
				Backends.issuer().token(account, "STC", List.of(school), List.of(old), MANAGES));
		dryRun = atSchool.completed(atSchool.upload(Map.of("action", "add", "dryRun", "true"), "school.csv",
				file("kept", "rejectedKept").getBytes(UTF_8), Map.of()).json());
		assertThat(seenBy(coordinatorOf(old))).isEqualTo(Seen.ALL);
		assertThat(seenBy(coordinatorOf(other))).isEqualTo(Seen.NOTHING);
	}

	@Test
	void fileOfCorrectedRecordsIsForThemWhoSeeTheImportThatTheyAreFrom() {
		Client before = coordinatorAt("STC", "manage-users", "view-reports");
		String first = before.completed(before.upload("add", file("fine" + account, "rejected" + account)).json())
				.path("id").asString();
		Client demoted = coordinatorAt("TC", "manage-users");
		demoted.send(demoted.request("/api/imports/" + first + "/draft").header("Content-Type", "application/json")
				.method("PATCH", BodyPublishers
						.ofString("{\"corrections\":[{\"recordNumber\":2,\"cells\":{\"Role\":\"TA\"}}]}")));
		JsonNode second = demoted.completed(demoted
				.send(demoted.request("/api/imports/" + first + "/commit").POST(BodyPublishers.noBody())).json());
		String path = "/api/imports/" + second.path("id").asString();
		assertThat(demoted.get(path + "/file").status()).as("of one's own").isEqualTo(200);
		Client colleague = new Client(port, Backends.issuer().token(UUID.randomUUID(), "TC", List.of(school),
				List.of(old), MANAGES));
		colleague.get("/api/imports/" + first).isProblem(404, "not-found");
		assertThat(colleague.get(path).json().path("total").asInt()).isEqualTo(1);
		colleague.get(path + "/file").isProblem(403, "file-out-of-sight");
	}

	private Client coordinatorAt(String role, String... permissions) {
		return new Client(port,
				Backends.issuer().token(account, role, List.of(school), List.of(old), List.of(permissions)));
	}

	@Test
	void theOldDistrictAndTheServiceCenterSeeItAsBefore() {
		Client successor = new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), old));
		assertThat(seenBy(successor)).isEqualTo(Seen.ALL);
		assertThat(commit(successor)).as("somebody else's").isEqualTo(403);
		assertThat(seenBy(new Client(port, Backends.issuer().serviceCenter()))).isEqualTo(Seen.ALL);
	}

	@Test
	void whatWasDoneElsewhereIsNotNamedByWhatIsSeen() {
		Client then = coordinatorOf(old);
		String content = file("again" + account);
		String first = then.completed(then.upload("add", content).json()).path("id").asString();
		Client both = coordinatorOf(old, other);
		assertThat(commit(both)).isEqualTo(202);
		JsonNode second = both.completed(both.upload("add", content).json());
		assertThat(second.toString()).contains(first);

		Client successor = new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), old));
		JsonNode seenDryRun = successor.get("/api/imports/" + dryRun.path("id").asString()).json();
		assertThat(seenDryRun.path("committedAs").isNull()).as("committed by one of two districts").isTrue();
		assertThat(commit(coordinatorOf(old))).as("one's own, committed with more organizations").isEqualTo(404);
		Client moved = coordinatorOf(other);
		JsonNode there = moved.completed(moved.upload("add", content).json());
		assertThat(there.path("warnings").get(0).path("code").asString()).isEqualTo("same-content");
		assertThat(there.path("warnings").get(0).path("importId").isNull()).isTrue();
		assertThat(moved.get("/api/imports?size=500").text()).contains(there.path("id").asString())
				.doesNotContain(first, second.path("id").asString());
	}
}
