package io.rollcall.acceptance.poison;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.system.Await;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.SecretSearch;

import static org.assertj.core.api.Assertions.assertThat;

/** Names, usernames and addresses of a thousand people, looked for where those look who run the system: logs, meters, headers of dead letters. */
@Tag("long")
class PersonalDataIT {
	private static final int FILES = 5;
	private static final int PEOPLE_A_FILE = 200;

	private final RunningSystem system = RunningSystem.shared();
	private final Random random = new Random(Long.getLong("rollcall.seed", 20250113));
	private final List<String> data = new ArrayList<>();

	@Test
	void nobodyIsNamedInLogsMetersAndDeadLettersHeaders() throws IOException, InterruptedException {
		for (int file = 0; file < FILES; file++) {
			var rows = new ArrayList<Row>();
			for (int i = 0; i < PEOPLE_A_FILE; i++) {
				String username = word(16);
				rows.add(Row.of(username, word(14), word(16), word(18) + "@people.example", i % 10 == 9 ? "XX" : "TA",
						"00050000-00050303", "", "413-555-0199"));
			}
			system.imports().run("people.csv", People.file(rows), "add");
		}
		// A record that no consumer can handle, with a person in its key and in its body.
		String named = data.getFirst();
		String topic = "user-commands";
		long before = system.topics().size(topic + ".user-service.dlq");
		system.topics().publish(topic, 0, named, "{\"type\":\"AddUser\",\"recordNumber\":\"" + named + "\"}");
		Await.until("its dead letter",
				() -> system.topics().size(topic + ".user-service.dlq") > before ? true : null);
		system.awaitRest();

		var search = new SecretSearch(data);
		var found = new ArrayList<String>();
		long bytes = 0;
		try (var files = Files.walk(system.data().resolve("logs"))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				bytes += Files.size(file);
				found.addAll(search.in(file));
			}
		}
		for (URI service : system.services()) {
			byte[] meters = meters(service);
			assertThat(new String(meters, StandardCharsets.UTF_8)).contains("application_ready_time_seconds");
			found.addAll(search.in(service + " meters", meters));
			bytes += meters.length;
		}
		int letters = 0;
		for (String name : system.topics().names().stream().filter(it -> it.endsWith(".dlq")).toList()) {
			for (ConsumerRecord<byte[], byte[]> letter : system.topics().records(name)) {
				letters++;
				letter.headers().forEach(header -> found.addAll(search.in(name + " " + header.key(), header.value())));
			}
		}
		System.out
				.println("Personal data: " + data.size() + " names, usernames and addresses of " + FILES * PEOPLE_A_FILE
						+ " people in " + bytes / 1000 + " kB of logs and meters and the headers of " + letters
						+ " dead letters");
		assertThat(found).isEmpty();
		assertThat(letters).isPositive();
		assertThat(search.in("the search itself", ("x" + data.getLast()).getBytes(StandardCharsets.UTF_8)))
				.isNotEmpty();
	}

	private String word(int letters) {
		var word = new StringBuilder();
		for (int i = 0; i < letters; i++)
			word.append((char) ('a' + random.nextInt(26)));
		data.add(word.toString());
		return word.toString();
	}

	private static byte[] meters(URI service) throws IOException, InterruptedException {
		try (var http = HttpClient.newHttpClient()) {
			var answer = http.send(HttpRequest.newBuilder(service.resolve("/actuator/prometheus")).build(),
					BodyHandlers.ofByteArray());
			assertThat(answer.statusCode()).isEqualTo(200);
			return answer.body();
		}
	}
}
