package io.rollcall.acceptance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.comparison.Accounts;
import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.Imports.ImportRow;
import io.rollcall.acceptance.system.RunningSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances of user-service share the commands while consumers join and leave, so that partitions change hands all the time.
 * For how many seconds: {@code -Drollcall.churn=120}.
 */
@EnabledIfSystemProperty(named = "rollcall.churn", matches = "[1-9].*")
class InstancesIT {
	private static final Duration CHURN = Duration.ofSeconds(Integer.getInteger("rollcall.churn", 0));
	private static final Duration STAY = Duration.ofSeconds(3);
	private static final int PEOPLE = 20;
	private static final int STEPS = 10;

	private final RunningSystem system = RunningSystem.shared();

	@Test
	void partitionsThatChangeHandsLoseNothingDoubleNothingAndKeepOrder() throws Exception {
		var second = system.add(RunningSystem.USER_SERVICE);
		Imports coordinator = system.coordinatorOf("00050000"); // whose files go one after the other
		var churning = new AtomicBoolean(true);
		Thread churn = Thread.ofPlatform().start(() -> {
			while (churning.get()) {
				system.topics().joinAndLeave("user-service", "user-commands", STAY);
				LockSupport.parkNanos(STAY.toNanos()); // else what it leaves undone would be given to the next one like it
			}
		});
		List<String> names = new ArrayList<>();
		try {
			Instant end = Instant.now().plus(CHURN);
			for (int round = 1; Instant.now().isBefore(end) || round <= 2; round++) {
				String name = "churn" + round;
				names.add(name);
				String more = system.imports().accept("more.csv", People.file(People.of(name + ".more", 150)), "add");
				List<Row> people = People.of(name, PEOPLE);
				assertThat(system.imports().run("people.csv", People.file(people), "add").created()).isEqualTo(PEOPLE);
				assertInOrder(IntStream.rangeClosed(1, STEPS)
						.mapToObj(step -> coordinator.accept("step.csv", People.file(step(people, step)), "update"))
						.toList());
				assertThat(system.imports().awaitCompleted(more).created()).isEqualTo(150);
			}
		} finally {
			churning.set(false);
			churn.join();
			system.stop(second.name());
		}
		system.awaitRest();
		var accounts = Accounts.read(system.topics());
		for (String name : names) {
			assertThat(People.of(name + ".more", 150)).allSatisfy(
					row -> assertThat(accounts.creations(row.cell(Column.USERNAME))).isEqualTo(1));
			assertThat(People.of(name, PEOPLE)).allSatisfy(
					row -> assertThat(accounts.creations(row.cell(Column.USERNAME))).isEqualTo(1));
		}
		assertThat(lastNames(names)).hasSize(names.size() * PEOPLE).allSatisfy((_, lastNames) -> assertThat(lastNames)
				.isEqualTo(IntStream.rangeClosed(1, STEPS).mapToObj(InstancesIT::step).toList()));
		System.out.printf("Consumers came and went for %d s and %d rounds of %d rows%n", CHURN.toSeconds(),
				names.size(),
				150 + PEOPLE + PEOPLE * STEPS);
	}

	private static List<Row> step(List<Row> people, int step) {
		return people.stream().map(row -> row.with(Column.LNAME, step(step))).toList();
	}

	private static String step(int step) {
		return "Step %02d".formatted(step);
	}

	/** Each row changed what the file before it, of which nobody waited for the end, had left to the same person. */
	private void assertInOrder(List<String> ids) {
		for (int step = 1; step <= STEPS; step++) {
			String id = ids.get(step - 1);
			assertThat(system.imports().awaitCompleted(id).updated()).isEqualTo(PEOPLE);
			if (step == 1) continue;
			assertThat(system.imports().rows(id)).extracting(ImportRow::changes)
					.containsOnly(List.of("lastName: " + step(step - 1) + " -> " + step(step)));
		}
	}

	/** What each person was called after the other, by the event stream; an event that was published twice counts once. */
	private Map<String, List<String>> lastNames(List<String> names) {
		Map<String, Map<String, String>> byPerson = new HashMap<>();
		for (JsonNode event : system.topics().values("user-events")) {
			String username = event.path("account").path("username").asString();
			if (event.path("type").asString().equals("UserUpdated")
					&& names.stream().anyMatch(name -> username.matches(name + "\\.[0-9]{3}"))) {
				byPerson.computeIfAbsent(username, _ -> new LinkedHashMap<>())
						.putIfAbsent(event.path("eventId").asString(),
								event.path("account").path("lastName").asString());
			}
		}
		Map<String, List<String>> lastNames = new HashMap<>();
		byPerson.forEach((username, events) -> lastNames.put(username, List.copyOf(events.values())));
		return lastNames;
	}
}
