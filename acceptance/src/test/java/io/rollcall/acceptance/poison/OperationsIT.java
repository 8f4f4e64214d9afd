package io.rollcall.acceptance.poison;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.Operations;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.Topics;

import static org.assertj.core.api.Assertions.assertThat;

/** What those who run the system see when something is wrong, how soon, and what they can do. */
@EnabledIfSystemProperty(named = "rollcall.campaign", matches = "true")
class OperationsIT {
	private static final Duration SEEN_WITHIN = Duration.ofSeconds(30);

	private final RunningSystem system = RunningSystem.shared();
	private final Operations operations = system.operations();

	@Test
	void stuckConsumerAndMailServerThatIsDownAreAlertsWithinHalfAMinute() {
		system.awaitRest();
		assertThat(operations.alerts()).doesNotContain("consumer-stuck", "mail-server-away");
		system.kill("mail");
		system.stop(RunningSystem.ORG_DIRECTORY_SERVICE);
		long begun = System.nanoTime();
		try {
			// A district that no other test asks for, so that no cache has its codes; and mails, by an account that is there.
			String id = system.imports().accept("stuck.csv",
					People.file(People.of("stuck", 20, "03310000", "03310000-03310505")), "add");
			Await.until("an alert for the directory's service", SEEN_WITHIN,
					() -> operations.alerts().contains("organizations-away") ? true : null);
			Await.until("an alert for the stuck consumer", SEEN_WITHIN,
					() -> operations.alerts().contains("consumer-stuck") ? true : null);
			double stuck = (System.nanoTime() - begun) / 1e9;
			system.start(RunningSystem.ORG_DIRECTORY_SERVICE);
			system.imports().awaitCompleted(id);
			begun = System.nanoTime();
			Await.until("an alert for the mail server", SEEN_WITHIN,
					() -> operations.alerts().contains("mail-server-away") ? true : null);
			System.out.printf("Alerts: stuck consumer after %.1f s, mail server after %.1f s%n", stuck,
					(System.nanoTime() - begun) / 1e9);
			system.start("mail");
			Await.until("quiet again",
					() -> operations.alerts().stream()
							.noneMatch(List.of("consumer-stuck", "mail-server-away", "organizations-away")::contains)
									? true
									: null);
		} finally {
			for (String name : List.of("mail", RunningSystem.ORG_DIRECTORY_SERVICE))
				if (!system.runs(name)) system.start(name);
		}
	}

	@Test
	void aThousandDeadLettersAreSeenMaskedReplayedOnceAndAudited() {
		system.awaitRest();
		List<Row> rows = People.of("replayed.letter", 20);
		String imported = system.imports().run("letters.csv", People.file(rows), "add").id();
		system.awaitRest();
		int mails = system.inbox().count();
		discardAll();
		long settled = operations.get("/api/operations/users/dead-letters/settlements").path("totalItems").asLong();
		// Commands with their own id and a fault that no reader can see past; then they are as dead as before.
		IntStream.rangeClosed(1, 1000).forEach(i -> system.topics().publish("user-commands", i % 6, "maria.okafor." + i,
				"{\"type\":\"AddUser\",\"commandId\":\"%s/%d\",\"recordNumber\":\"Maria Okafor\"}".formatted(imported,
						i)));
		Await.until("a thousand dead letters, and an alert", SEEN_WITHIN,
				() -> operations.alerts().contains("dead-letters") && operations.deadLetters("users").size() >= 1000
						? true
						: null);
		List<JsonNode> letters = operations.deadLetters("users");
		assertThat(letters).hasSize(1000);
		assertThat(letters.toString()).doesNotContainIgnoringCase("okafor");
		JsonNode one = operations.get("/api/operations/users/dead-letters/" + letters.getFirst().path("id").asString());
		assertThat(one.toString()).doesNotContainIgnoringCase("okafor").contains("Xxxxx Xxxxxx", "xxxxx.xxxxxx.9");

		List<String> ids = letters.stream().map(it -> it.path("id").asString()).toList();
		assertThat(operations.settle("users", "replays", ids)).isEqualTo(Map.of("done", 1000));
		assertThat(operations.settle("users", "replays", ids)).isEqualTo(Map.of("settled", 1000));

		// Each fails again, once: a thousand new ones, which nobody needs.
		Await.until("the replayed ones", () -> operations.deadLetters("users").size() >= 1000 ? true : null);
		system.awaitRest();
		assertThat(operations.deadLetters("users")).hasSize(1000);
		discardAll();
		JsonNode audit = operations.get("/api/operations/users/dead-letters/settlements?size=1");
		assertThat(audit.path("totalItems").asLong()).isEqualTo(settled + 2000);
		assertThat(audit.path("items").path(0).path("by").asString()).matches("[0-9a-f-]{36}");
		assertThat(system.inbox().count()).isEqualTo(mails);
	}

	@Test
	void rowAndAccountHaveATimelineThatNamesNobody() {
		String id = system.imports().run("timeline.csv", People.file(People.of("timeline", 3)), "add").id();
		system.awaitRest();
		JsonNode ofImport = operations.get("/api/operations/imports/timeline/" + id);
		JsonNode row = operations.get("/api/operations/imports/timeline/" + id + "/rows/2");
		assertThat(ofImport.path("done").asInt()).isEqualTo(3);
		assertThat(row.path("stage").asString()).isEqualTo("created");
		assertThat(row.path("traceparent").asString()).contains(ofImport.path("traceId").asString());
		String account = row.path("accountId").asString();
		JsonNode timeline = Await.until("the account's mails", () -> {
			JsonNode now = operations.get("/api/operations/users/timeline/" + account);
			return now.path("mails").path("PORTAL").asString().equals("sent") ? now : null;
		});
		assertThat(timeline.path("steps").path(0).path("importId").asString()).isEqualTo(id);
		assertThat(ofImport + " " + row + timeline).doesNotContain("timeline.002", "Number 2", "people.example");
		// One traceparent a record, from the row to the mail.
		for (String topic : List.of("user-commands", "user-command-results", "user-events", "credential-events",
				"delivery-events")) {
			assertThat(system.topics().records(topic).stream()
					.filter(it -> Topics.header(it, "traceparent")
							.equals(row.path("traceparent").asString())))
					.as(topic).isNotEmpty();
		}
	}

	@Test
	void nobodyElseMayLook() {
		for (String part : Operations.PARTS) {
			var answer = system.imports().answer("/api/operations/" + part + "/pipeline");
			assertThat(answer.statusCode()).isEqualTo(403);
		}
	}

	private void discardAll() {
		for (String part : Operations.PARTS) {
			List<String> open = operations.deadLetters(part).stream().map(it -> it.path("id").asString()).toList();
			if (!open.isEmpty()) operations.settle(part, "discards", open);
		}
	}
}
