package io.rollcall.imports.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.testing.Backends;

import static io.rollcall.imports.testing.Client.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What was handed in before: found again, fetched again, and forgotten when its time is over. */
class HistoryIT extends WholeService {
	@LocalServerPort
	int port;
	@Autowired
	Retention retention;

	private Client client;

	@BeforeEach
	void prepare() {
		UserServicePlayer.playing();
		client = new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), "D" + UUID.randomUUID()));
	}

	private JsonNode uploaded(String action, String name, String content) {
		return client.upload(Map.of("action", action), name, content.getBytes(UTF_8), Map.of()).json();
	}

	private List<String> found(String query) {
		return client.get("/api/imports?" + query).json().path("items").valueStream()
				.map(item -> item.path("fileName").asString()).toList();
	}

	@Test
	void importsAreFoundByFileSubmitterStatusActionAndDay() {
		client.completed(uploaded("add", "Herbst (Neu).csv", file("one")));
		client.completed(uploaded("update", "spring.csv", file("two")));
		JsonNode open = uploaded("add", "winter.csv", file("silentThree"));

		assertThat(found("search=herbst%20(NEU")).containsExactly("Herbst (Neu).csv");
		assertThat(found("search=%20her%C2%ADbst%E2%80%8B")).as("what nobody can see")
				.containsExactly("Herbst (Neu).csv");
		assertThat(found("search=.*")).as("no pattern").isEmpty();
		assertThat(found("search=Tester")).as("who submitted").hasSize(3);
		assertThat(found("status=processing")).containsExactly("winter.csv");
		assertThat(found("status=completed")).containsExactly("spring.csv", "Herbst (Neu).csv");
		assertThat(found("action=update")).containsExactly("spring.csv");
		assertThat(found("dryRun=true")).isEmpty();
		LocalDate today = LocalDate.now(ZoneOffset.UTC);
		assertThat(found("from=" + today.minusDays(1) + "&to=" + today)).hasSize(3);
		assertThat(found("to=" + today.minusDays(2))).isEmpty();
		assertThat(found("from=" + Instant.now().plusSeconds(60))).isEmpty();
		assertThat(found("search=SPRING&status=completed&action=update&from=" + today.minusDays(1))).hasSize(1);
		for (String wrong : List.of("status=lost", "action=delete", "from=yesterday", "to=31.3.2026",
				"from=%2B999999999-01-01", "to=-999999999-01-01T00:00:00Z",
				"to=2026-12-01T24:00:00Z", "from=%202026-12-01", "page=01", "size=%2B50", "dryRun=yes",
				"search=" + "x".repeat(101))) {
			client.get("/api/imports?" + wrong).isProblem(400, "invalid-request", wrong.replaceAll("=.*", ""));
		}
		client.completed(uploaded("add", "o’brien's.csv", file("four")));
		assertThat(found("search=O'Brien%E2%80%99S")).containsExactly("o’brien's.csv");
		userServiceEnds(open);
	}

	private void userServiceEnds(JsonNode open) {
		UUID id = UUID.fromString(open.path("id").asString());
		UserServicePlayer.playing().publish(
				List.of(new io.rollcall.contracts.UserCommandResult.Created(id + "/1", id, 1, UUID.randomUUID())));
		client.completed(open);
	}

	@Test
	void fileComesBackByteForByteToWhoeverMaySeeTheImport() {
		byte[] content = ("\uFEFF" + file("José") + ",,,,,\r\n").getBytes(UTF_8);
		JsonNode stored = client.upload(Map.of("action", "add"), "école.csv", content, Map.of()).json();
		String path = "/api/imports/" + stored.path("id").asString() + "/file";
		assertThat(client.get(path).response().body()).isEqualTo(content);
		assertThat(client.get(path).header("Content-Disposition")).contains("attachment", "%C3%A9cole.csv");
		new Client(port, Backends.issuer().districtCoordinator(UUID.randomUUID(), "00350000")).get(path)
				.isProblem(404, "not-found");
	}

	@Test
	void whenItsTimeIsOverOnlyTheSummaryStays() {
		JsonNode done = client.completed(uploaded("add", "old.csv", file("old", "rejectedOld")));
		JsonNode open = uploaded("add", "open.csv", file("silentOpen"));
		Instant until = Instant.parse(done.path("keptUntil").asString());
		assertThat(Duration.between(Instant.parse(done.path("submittedAt").asString()), until)).hasDays(90);
		String path = "/api/imports/" + done.path("id").asString();
		retention.sweep(until.minusMillis(1));
		assertThat(client.get(path + "/rows").status()).isEqualTo(200);

		Instant later = until.plusSeconds(3600);
		retention.sweep(later);
		retention.sweep(later);

		for (String what : List.of("/rows", "/errors", "/file"))
			client.get(path + what).isProblem(410, "no-longer-kept");
		JsonNode summary = client.get(path).json();
		assertThat(summary.path("created").asInt()).isEqualTo(1);
		assertThat(summary.path("rejected").asInt()).isEqualTo(1);
		assertThat(summary.path("keptUntil").isNull()).isTrue();
		assertThat(found("search=old.csv")).hasSize(1);
		assertThat(client.get("/api/imports/" + open.path("id").asString() + "/rows").json().path("totalItems")
				.asInt()).as("what is not completed keeps its rows").isEqualTo(1);
		userServiceEnds(open);
	}
}
