package io.rollcall.acceptance.campaign;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/** Consumers that forget where they have read to, and start over with every topic's first record: nothing changes, nobody gets a mail. */
@EnabledIfSystemProperty(named = "rollcall.campaign", matches = "true")
class ReplayIT {
	private static final List<String> SERVICES = List.of(RunningSystem.NOTIFICATION_SERVICE,
			RunningSystem.IMPORT_SERVICE, RunningSystem.USER_SERVICE);
	/** Signs of life, positions, and what the system does of itself by the clock. */
	private static final List<String> MOVING = List.of("leases ", "senders ", "applied-positions ", "signing-keys ",
			"sessions", "authorizations ", "sign-ins ", "sign-in-attempts ", "latest-sign-ins ");

	private final RunningSystem system = RunningSystem.shared();

	@Test
	void everyTopicReadTwiceFromItsFirstRecordChangesNothingAndSendsNothing() {
		List<Row> rows = People.of("replayed", 30);
		system.imports().run("replayed.csv", People.file(rows), "add");
		List<Row> renamed = rows.stream().map(row -> row.with(Column.LNAME, "Renamed")).toList();
		system.imports().run("replayed-update.csv", People.file(renamed), "update");
		system.imports().run("replayed-again.csv", People.file(rows), "add");
		system.awaitRest();
		Map<String, String> before = stored();
		int mails = system.inbox().count();
		Map<String, Long> letters = deadLetters();
		for (int round = 1; round <= 2; round++) {
			SERVICES.forEach(system::stop);
			long records = system.topics().rewindAllGroups();
			SERVICES.forEach(system::launch);
			SERVICES.forEach(system::awaitReady);
			system.awaitRest();
			System.out.println("Replayed from the first record, round " + round + ": " + records + " records");
			assertThat(differences(before, stored())).isEmpty();
			assertThat(system.inbox().count()).isEqualTo(mails);
			assertThat(deadLetters()).isEqualTo(letters);
		}
	}

	private Map<String, String> stored() {
		var documents = new TreeMap<String, String>();
		for (String database : system.databases().names()) {
			system.databases().documents(database).forEach((id, document) -> {
				if (MOVING.stream().noneMatch(id::startsWith)) documents.put(database + " " + id, document);
			});
		}
		return documents;
	}

	private Map<String, Long> deadLetters() {
		var letters = new TreeMap<String, Long>();
		system.topics().names().stream().filter(it -> it.endsWith(".dlq"))
				.forEach(it -> letters.put(it, system.topics().size(it)));
		return letters;
	}

	private static Map<String, String> differences(Map<String, String> before, Map<String, String> after) {
		var differences = new TreeMap<String, String>();
		before.forEach((key, document) -> {
			if (!document.equals(after.get(key)))
				differences.put(key, document + "\n  now " + after.get(key));
		});
		after.keySet().stream().filter(key -> !before.containsKey(key)).forEach(key -> differences.put(key, "is new"));
		while (differences.size() > 3)
			differences.pollLastEntry();
		return differences;
	}
}
