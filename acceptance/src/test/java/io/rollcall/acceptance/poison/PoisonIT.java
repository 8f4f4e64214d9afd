package io.rollcall.acceptance.poison;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.Topics;

import static org.assertj.core.api.Assertions.assertThat;

/** Records that cannot be handled, of every kind on every partition of every topic: one dead letter each, and nobody else is held up. */
@EnabledIfSystemProperty(named = "rollcall.campaign", matches = "true")
class PoisonIT {
	private static final Duration HELD_UP = Duration.ofSeconds(10);
	private static final int PARTITIONS = 6;
	/** One of each topic that its readers know: an event of a type that they do not know is none of their business. */
	private static final Map<String, String> TYPES = Map.of("user-commands", "AddUser", "user-command-results",
			"RowCreated", "user-events", "UserDeactivated", "credential-events", "CredentialsIssued",
			"delivery-events", "EmailSent", "import-events", "ImportCompleted", "confirmation-events",
			"ReminderDue");

	private final RunningSystem system = RunningSystem.shared();

	@Test
	void eachPoisonIsOneDeadLetterWithItsBytesAndItsNeighboursAreHandled() {
		system.awaitRest();
		Map<String, Long> before = letters();
		// <topic>.<group>.dlq: one for each group that reads the topic
		Map<String, List<String>> dlqOf = new TreeMap<>();
		before.keySet()
				.forEach(it -> dlqOf.computeIfAbsent(it.substring(0, it.indexOf('.')), _ -> new ArrayList<>()).add(it));
		List<Row> rows = People.of("neighbour", 60);
		long newest = system.inbox().newest();
		for (String topic : dlqOf.keySet())
			for (int partition = 0; partition < PARTITIONS; partition++)
				for (var poison : poisons(topic).entrySet())
					system.topics().publish(topic, partition, "poison " + poison.getKey(), poison.getValue());

		long begun = System.nanoTime();
		String id = system.imports().accept("neighbours.csv", People.file(rows), "add");
		Await.until("the neighbours' import", HELD_UP, () -> system.imports().state(id).isCompleted() ? true : null);
		Await.until("the neighbours' mails", HELD_UP,
				() -> system.inbox().countAfter(newest) >= 4 * rows.size() ? true : null);
		double heldUp = (System.nanoTime() - begun) / 1e9;
		system.awaitRest();

		assertThat(system.imports().state(id).created()).isEqualTo(rows.size());
		int expected = PARTITIONS * poisons("user-events").size();
		for (String dlq : before.keySet()) {
			var found = system.topics().records(dlq).stream().skip(before.get(dlq)).toList();
			assertThat(found).as(dlq).hasSize(expected);
			assertThat(found.stream().map(it -> Topics.header(it, "dlq_origin")).distinct()).as(dlq).hasSize(expected);
			List<byte[]> poisons = poisons(dlq.substring(0, dlq.indexOf('.'))).values().stream()
					.map(it -> it.getBytes(StandardCharsets.UTF_8)).toList();
			assertThat(found).allMatch(it -> poisons.stream().anyMatch(poison -> Arrays.equals(poison, it.value())));
		}
		System.out.printf(
				"Poison: %d records on %d topics, %d dead letters in %d groups; 60 rows and their mails beside them took %.1f s%n",
				dlqOf.size() * expected, dlqOf.size(), expected * before.size(), before.size(), heldUp);
	}

	private static Map<String, String> poisons(String topic) {
		Map<String, String> poisons = new LinkedHashMap<>();
		poisons.put("empty", "");
		poisons.put("no JSON", "\u0000\u0001 not JSON");
		poisons.put("cut off", "{\"type\":\"UserCreated\",\"eventId\":\"x");
		poisons.put("no object", "[1,2,3]");
		poisons.put("null", "null");
		poisons.put("wrong type of a field",
				"{\"type\":\"%s\",\"accountId\":{},\"importId\":{}}".formatted(TYPES.get(topic)));
		poisons.put("deep", "[".repeat(5000));
		return poisons;
	}

	private Map<String, Long> letters() {
		var letters = new TreeMap<String, Long>();
		system.topics().names().stream().filter(it -> it.endsWith(".dlq"))
				.forEach(it -> letters.put(it, system.topics().size(it)));
		assertThat(letters).isNotEmpty();
		return letters;
	}
}
