package io.rollcall.acceptance;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.comparison.Accounts;
import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Databases;
import io.rollcall.acceptance.system.Imports.ImportRow;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** What was done once stays done once, whoever says it again: a person with the same file, a broker with the same record. */
@Tag("long")
class RepetitionIT {
	private final RunningSystem system = RunningSystem.shared();

	@Test
	void theSameFileASecondTimeIsRefusedRowByRowAndChangesNothing() {
		List<Row> rows = People.of("twice", 40);
		assertThat(system.imports().run("twice.csv", People.file(rows), "add").created()).isEqualTo(40);
		system.awaitRest();
		var users = accountsAsStored();
		int mails = system.inbox().count();
		long credentials = system.topics().size("credential-events");
		long facts = system.topics().size("user-events");

		var again = system.imports().run("twice.csv", People.file(rows), "add");

		assertThat(again.rejected()).isEqualTo(40);
		assertThat(system.imports().rows(again.id()))
				.allSatisfy(row -> assertThat(row.notes()).containsExactly("User exists with same username"));
		system.awaitRest();
		assertThat(system.topics().size("credential-events")).isEqualTo(credentials);
		assertThat(system.topics().size("user-events")).isEqualTo(facts);
		assertThat(system.inbox().count()).isEqualTo(mails);
		assertThat(differences(users, accountsAsStored())).isEmpty();
	}

	@Test
	void everyCommandDeliveredASecondTimeChangesNothing() {
		List<Row> rows = People.of("again", 30);
		String added = system.imports().run("again.csv", People.file(rows), "add").id();
		List<Row> renamed = rows.stream().map(row -> row.with(Column.LNAME, "Renamed")).toList();
		String updated = system.imports().run("again-update.csv", People.file(renamed), "update").id();
		// What was rejected then would be accepted now: the answer of then must stand all the same.
		String early = system.imports().run("early.csv", People.file(People.of("early", 5)), "update").id();
		String late = system.imports().run("late.csv", People.file(People.of("early", 5)), "add").id();
		system.awaitRest();
		Map<String, List<ImportRow>> rowsBefore = new HashMap<>();
		List.of(added, updated, early, late).forEach(id -> rowsBefore.put(id, system.imports().rows(id)));
		var users = accountsAsStored();
		var imports = withoutSignsOfLife(Databases.IMPORTS);
		var notifications = withoutSignsOfLife(Databases.NOTIFICATIONS);
		int mails = system.inbox().count();
		Accounts accounts = Accounts.read(system.topics());
		var results = results();

		var commands = system.topics().records("user-commands");
		system.topics().deliverAgain(commands);
		system.awaitRest();

		System.out.println("Delivered again: " + commands.size() + " commands");
		assertThat(system.topics().size("user-commands")).isEqualTo(2L * commands.size());
		assertThat(system.inbox().count()).isEqualTo(mails);
		assertThat(differences(users, accountsAsStored())).isEmpty();
		assertThat(differences(imports, withoutSignsOfLife(Databases.IMPORTS))).isEmpty();
		assertThat(differences(notifications, withoutSignsOfLife(Databases.NOTIFICATIONS))).isEmpty();
		assertThat(Accounts.read(system.topics()).size()).isEqualTo(accounts.size());
		assertThat(results()).isEqualTo(results);
		rowsBefore.forEach((id, before) -> assertThat(system.imports().rows(id)).isEqualTo(before));
		assertThat(deadLetters()).isEmpty();
	}

	/** Without the heartbeats of the running instances, which go on whatever happens. */
	private Map<String, String> withoutSignsOfLife(String database) {
		var documents = system.databases().documents(database);
		documents.keySet().removeIf(key -> key.startsWith("leases ") || key.startsWith("senders "));
		return documents;
	}

	/** Without the two collections that remember commands (ADR 3): a new command must leave its trace there. */
	private Map<String, String> accountsAsStored() {
		var documents = system.databases().documents(Databases.USERS);
		documents.keySet().removeIf(key -> key.startsWith("applied-positions ") || key.startsWith("row-decisions "));
		return documents;
	}

	/**
	 * One result for each command, however often it was published. Without those of dry runs: they leave nothing behind, so a
	 * command given again is judged by what there is now, and its import keeps to the first result.
	 */
	private Map<String, JsonNode> results() {
		Set<String> dryRuns = system.topics().values("user-commands").stream()
				.filter(command -> command.path("dryRun").asBoolean())
				.map(command -> command.path("commandId").asString()).collect(Collectors.toSet());
		var results = new HashMap<String, JsonNode>();
		for (JsonNode result : system.topics().values("user-command-results")) {
			if (dryRuns.contains(result.path("commandId").asString())) continue;
			JsonNode before = results.putIfAbsent(result.path("commandId").asString(), result);
			if (before != null) {
				assertThat(result).as("a second result of the same command").isEqualTo(before);
			}
		}
		return results;
	}

	private Map<String, Long> deadLetters() {
		var letters = new TreeMap<String, Long>();
		for (String topic : system.topics().names()) {
			if (topic.endsWith(".dlq") && system.topics().size(topic) > 0) {
				letters.put(topic, system.topics().size(topic));
			}
		}
		return letters;
	}

	private static Map<String, String> differences(Map<String, String> before, Map<String, String> after) {
		var differences = new TreeMap<String, String>();
		before.forEach((key, document) -> {
			if (!document.equals(after.get(key))) {
				differences.put(key, document + "\n  now " + after.get(key));
			}
		});
		after.forEach((key, document) -> {
			if (!before.containsKey(key)) {
				differences.put(key, "new: " + document);
			}
		});
		return differences.entrySet().stream().limit(3)
				.collect(TreeMap::new, (map, entry) -> map.put(entry.getKey(), entry.getValue()), TreeMap::putAll);
	}
}
