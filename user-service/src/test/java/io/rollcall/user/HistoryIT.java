package io.rollcall.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.kafka.core.ProducerFactory;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserCommand;
import io.rollcall.contracts.UserCommand.UpdateUser;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.UsersOverHttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the history of an account shows, to whom. */
class HistoryIT extends UsersOverHttp {
	@Autowired
	private AcknowledgedPublisher publisher;
	@Autowired
	private CloudEvents events;
	@Autowired
	private ProducerFactory<String, byte[]> producers;

	private JsonNode history(String id, String token) {
		return call(HttpMethod.GET, "/api/users/" + id + "/history", token, null).body();
	}

	private JsonNode awaitEntries(String id, int count) {
		return await().atMost(SOON).until(() -> history(id, serviceCenterToken),
				it -> it.get("totalItems").asInt() >= count);
	}

	private static List<String> whats(JsonNode history) {
		List<String> whats = new ArrayList<>();
		history.get("items").forEach(it -> whats.add(it.get("what").asString() + " " + it.get("way").asString()));
		return whats;
	}

	@Test
	void everyChangeIsThereNewestFirstWithTheWayItCame() {
		String dtc = coordinator(Role.DTC, Fixtures.AGAWAM.code());
		String username = username("history");
		Answer created = create(dtc, form(username));
		String id = id(created);
		call(HttpMethod.PUT, created.location(), dtc, form(username, "lastName", "Lee", "phone", "413-555-0100"),
				"If-Match", created.etag());
		UUID importId = UUID.randomUUID();
		publisher.publish(List.of(events.of(new UpdateUser(UserCommand.commandId(importId, 7), importId, 7,
				Fixtures.cells("Username", username, "Email", "new@agawam.example", "Fname", "Thị", "Lname", "Lee",
						"Phone", "413-555-0100"),
				serviceCenter(), false), username, Instant.now(), null)));
		awaitEntries(id, 5);
		var ids = Map.of("userIds", List.of(id));
		call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, ids);
		call(HttpMethod.POST, "/api/users/reactivations", dtc, ids);
		call(HttpMethod.POST, "/api/users/credentials", dtc, ids);

		// The second time since nobody here has told that the mails of before went.
		JsonNode history = awaitEntries(id, 9);
		assertThat(whats(history)).containsExactly("credentials-sent form", "credentials-sent form", "reactivated form",
				"deactivated api-client", "credentials-sent import", "updated import", "updated form",
				"credentials-sent form",
				"created form");
		JsonNode byImport = history.get("items").get(5);
		assertThat(byImport.get("importId").asString()).isEqualTo(importId.toString());
		assertThat(byImport.get("recordNumber").asInt()).isEqualTo(7);
		assertThat(byImport.get("changes").toString()).isEqualTo("[{\"field\":\"email\",\"before\":\"" + username
				+ "@agawam.example\",\"after\":\"new@agawam.example\"}]");
		assertThat(history.get("items").get(6).get("changes")).hasSize(2);
		assertThat(history.get("items").get(8).get("changes").toString()).contains("Nguyễn");
		assertThat(history.get("items").get(3).get("clientId").asString()).isEqualTo("bootstrap");

		JsonNode page = call(HttpMethod.GET, "/api/users/" + id + "/history?page=1&size=3", serviceCenterToken, null)
				.body();
		assertThat(whats(page)).containsExactly("deactivated api-client", "credentials-sent import", "updated import");
		assertThat(page.get("totalPages").asInt()).isEqualTo(3);
	}

	@Test
	void passwordsAreInNoHistory() {
		String id = id(create(serviceCenterToken, form(username("secret"))));
		awaitEntries(id, 2);
		mongo.getDatabase("rollcall-users").getCollection("history").find().forEach(entry -> assertThat(
				entry.toJson()).doesNotContain("sha256").doesNotContainPattern("eyJ[\\w-]{20,}\\."));
	}

	@Test
	void eventsReadAgainWriteNothingNew() throws Exception {
		try (var userEvents = fromNow(Topics.USER_EVENTS);
				var credentialEvents = fromNow(Topics.CREDENTIAL_EVENTS)) {
			String id = id(create(serviceCenterToken, form(username("again"))));
			JsonNode before = awaitEntries(id, 2);
			List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>(userEvents.await(1, SOON));
			seen.addAll(credentialEvents.await(1, SOON));
			try (var producer = producers.createProducer()) {
				for (var record : seen)
					producer.send(new ProducerRecord<>(record.topic(), null, record.key(), record.value(),
							record.headers())).get();
			}
			// A change after it: what was read again is done with when this has come.
			call(HttpMethod.POST, "/api/users/credentials", serviceCenterToken, Map.of("userIds", List.of(id)));
			call(HttpMethod.POST, "/api/users/deactivations", serviceCenterToken, Map.of("userIds", List.of(id)));
			JsonNode after = awaitEntries(id, 4);
			assertThat(after.get("totalItems").asInt()).isEqualTo(4);
			assertThat(after.get("items").get(2)).isEqualTo(before.get("items").get(0));
			assertThat(after.get("items").get(3)).isEqualTo(before.get("items").get(1));
		}
	}

	@Test
	void readerLearnsNothingOfPeopleOutOfSight() {
		String dtc = coordinator(Role.DTC, Fixtures.AGAWAM.code());
		String boston = coordinator(Role.DTC, Fixtures.BOSTON.code());
		String username = username("shared");
		Answer created = create(serviceCenterToken, form(username, "organizations",
				List.of(Fixtures.DOERING.code(), Fixtures.BOSTON_LATIN.code())));
		String shared = id(created);
		// Takes away its own school: allowed, and the organizations alone change.
		Answer changed = call(HttpMethod.PUT, "/api/users/" + shared, boston,
				form(username, "organizations", List.of(Fixtures.DOERING.code())),
				"If-Match", created.etag(), "Idempotency-Key", "a-key-of-boston");
		assertThat(changed.status()).isEqualTo(200);
		awaitEntries(shared, 3);
		JsonNode entries = history(shared, dtc).get("items");
		assertThat(entries.toString()).doesNotContain("a-key-of-boston");
		entries.forEach(entry -> assertThat(entry.get("id").asString()).hasSize(36).matches("[0-9a-f-]+"));
		assertThat(entries.valueStream().map(it -> it.get("id").asString())).doesNotHaveDuplicates();
		assertThat(entries.get(0).get("by").isNull()).isTrue();
		assertThat(entries.get(2).get("clientId").isNull()).as("the service center's program").isTrue();
		assertThat(entries.get(0).get("changes").get(0).get("after").asString()).isEqualTo(Fixtures.DOERING.code());
		assertThat(entries.get(2).get("by").get("name").asString()).isEqualTo("Service Center");
		assertThat(entries.get(2).get("by").get("username").isNull()).isTrue();

		String foreign = id(create(boston,
				form(username("foreign"), "organizations", List.of(Fixtures.BOSTON_LATIN.code()))));
		assertThat(call(HttpMethod.GET, "/api/users/" + foreign + "/history", dtc, null).status()).isEqualTo(404);
		assertThat(call(HttpMethod.GET, "/api/users/" + UUID.randomUUID() + "/history", dtc, null).status())
				.isEqualTo(404);
	}
}
