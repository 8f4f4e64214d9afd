package io.rollcall.acceptance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import io.rollcall.acceptance.generator.People;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.RunningSystem;
import io.rollcall.acceptance.system.Topics;
import io.rollcall.contracts.AsyncApi;

import static org.assertj.core.api.Assertions.assertThat;

/** What really stands on the topics is what the AsyncAPI document says: each topic, each body, each header. */
class EventCatalogIT {
	private final RunningSystem system = RunningSystem.shared();

	@Test
	void everyRecordOnEveryTopicIsAsDocumented() {
		system.imports().run("catalog.csv", People.file(People.of("catalog", 10)), "add");
		system.awaitRest();
		AsyncApi api = AsyncApi.read();
		assertThat(system.topics().names().stream().filter(topic -> !topic.endsWith(".dlq")))
				.containsExactlyInAnyOrderElementsOf(api.topics());
		var faults = new ArrayList<String>();
		Map<String, Integer> seen = new TreeMap<>();
		for (String topic : api.topics()) {
			for (var record : system.topics().records(topic)) {
				var body = Topics.json(record);
				seen.merge(body.path("type").asString(), 1, Integer::sum);
				faults.addAll(api.faults(topic, body));
				Map<String, String> headers = new TreeMap<>();
				record.headers().forEach(it -> headers.put(it.key(), new String(it.value(), StandardCharsets.UTF_8)));
				faults.addAll(api.headerFaults(headers));
				if (!headers.getOrDefault("ce_type", "").equals("io.rollcall." + body.path("type").asString()))
					faults.add("ce_type of a " + body.path("type"));
			}
		}
		System.out.println("Held against the AsyncAPI document: " + seen);
		assertThat(faults.stream().distinct().limit(10)).isEmpty();
		assertThat(seen.keySet())
				.containsAll(List.of("AddUser", "RowCreated", "UserCreated", "CredentialsIssued", "EmailSent",
						"OrganizationChanged"));
	}

	@Test
	void documentIsServed() {
		assertThat(Imports.text(system.imports().get("/api/docs/events"))).startsWith("asyncapi: 3.0.0");
	}
}
