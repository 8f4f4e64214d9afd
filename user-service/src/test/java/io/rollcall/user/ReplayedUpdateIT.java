package io.rollcall.user;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserCommand.UpdateUser;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.UsersOverHttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Rows that ended as dead letters and are put back when the account has been edited meanwhile. */
class ReplayedUpdateIT extends UsersOverHttp {
	private static final String LETTERS = "/api/operations/users/dead-letters";

	@Autowired
	private AcknowledgedPublisher publisher;
	@Autowired
	private CloudEvents events;

	private final UUID importId = UUID.randomUUID();
	private final String username = username("replayed");

	@Test
	void aNewerEditIsNotOverwrittenUnseen() {
		String id = id(create(serviceCenterToken, form(username, "phone", "413-555-0100", "fax", "413-555-0100")));
		List<String> letters = deadLetters(update(1, "Phone", "413-555-0111"), update(2, "Fax", "413-555-0112"),
				update(3, "Phone", "413-555-0222"));

		edit(id, "phone", "413-555-0222");

		try (var results = fromNow(Topics.USER_COMMAND_RESULTS)) {
			assertThat(raw(HttpMethod.POST, LETTERS + "/replays", operator(), Map.of("ids", letters)).status())
					.isEqualTo(200);
			Map<Integer, JsonNode> outcomes = new HashMap<>();
			results.await(3, SOON).stream().map(it -> json.readTree(it.value()))
					.forEach(it -> outcomes.put(it.path("recordNumber").asInt(), it));

			assertThat(outcomes.get(1).path("type").asString()).isEqualTo("RowRejected");
			assertThat(outcomes.get(1).path("notes")).hasSize(1);
			assertThat(outcomes.get(1).path("notes").get(0).path("code").asString()).isEqualTo("changed-since-upload");
			assertThat(outcomes.get(1).path("notes").get(0).path("message").asString())
					.isEqualTo("User was changed after this file was uploaded");
			assertThat(outcomes.get(2).path("type").asString()).as("nobody else changed that").isEqualTo("RowUpdated");
			assertThat(outcomes.get(3).path("type").asString()).as("it is so").isEqualTo("RowUnchanged");
		}
		JsonNode now = call(HttpMethod.GET, "/api/users/" + id, serviceCenterToken, null).body();
		assertThat(now.path("phone").asString()).isEqualTo("413-555-0222");
		assertThat(now.path("fax").asString()).isEqualTo("413-555-0112");

		try (var results = fromNow(Topics.USER_COMMAND_RESULTS)) {
			publish(update(1, "Phone", "413-555-0111"));
			assertThat(json.readTree(results.await(1, SOON).getFirst().value()).path("type").asString())
					.as("given again, the same outcome").isEqualTo("RowRejected");
		}
	}

	/** Behind other imports, or sent again because its first command is lost. */
	@Test
	void rowThatWaitedOverwritesNoNewerEditEither() {
		String id = id(create(serviceCenterToken, form(username, "phone", "413-555-0100", "fax", "413-555-0100")));
		Instant uploaded = Instant.now();
		edit(id, "phone", "413-555-0222");
		try (var results = fromNow(Topics.USER_COMMAND_RESULTS)) {
			publisher.publish(List.of(
					events.of(update(1, "Phone", "413-555-0111"), username, uploaded, null),
					events.of(update(2, "Fax", "413-555-0112"), username, uploaded, null)));
			List<JsonNode> outcomes = results.await(2, SOON).stream().map(it -> json.readTree(it.value())).toList();
			assertThat(outcomes).extracting(it -> it.path("recordNumber").asInt() + it.path("type").asString())
					.containsExactly("1RowRejected", "2RowUpdated");
			assertThat(outcomes.getFirst().path("notes").get(0).path("code").asString())
					.isEqualTo("changed-since-upload");
		}
		JsonNode now = call(HttpMethod.GET, "/api/users/" + id, serviceCenterToken, null).body();
		assertThat(now.path("phone").asString()).isEqualTo("413-555-0222");
		assertThat(now.path("fax").asString()).isEqualTo("413-555-0112");
	}

	private String operator() {
		return tokenFor(serviceCenter(), Role.OPS);
	}

	private UpdateUser update(int record, String column, String cell) {
		return new UpdateUser(importId + "/" + record, importId, record, Map.of("Username", username, column, cell),
				serviceCenter(), false);
	}

	private void publish(UpdateUser... commands) {
		Instant now = Instant.now();
		publisher.publish(List.of(commands).stream().map(it -> events.of(it, username, now, null)).toList());
	}

	/** As a fault of a release makes them: it cannot read the account, and then it can. */
	private List<String> deadLetters(UpdateUser... commands) {
		setRole("BROKEN");
		publish(commands);
		List<String> letters = await().atMost(SOON).until(this::deadLetters, it -> it.size() == commands.length);
		setRole("TA");
		return letters;
	}

	private List<String> deadLetters() {
		JsonNode items = json.readTree(raw(HttpMethod.GET, LETTERS + "?size=500", operator(), null).text())
				.path("items");
		return items.valueStream().filter(it -> it.path("subject").asString().equals(importId.toString()))
				.map(it -> it.path("id").asString()).toList();
	}

	private void setRole(String role) {
		accounts().updateOne(new Document("_id", username), Updates.set("role", role));
	}

	private void edit(String id, String field, String value) {
		Answer before = call(HttpMethod.GET, "/api/users/" + id, serviceCenterToken, null);
		Answer edited = call(HttpMethod.PUT, "/api/users/" + id, serviceCenterToken,
				form(username, "phone", "413-555-0100", "fax", "413-555-0100", field, value), "If-Match",
				before.etag());
		assertThat(edited.status()).isEqualTo(200);
	}
}
