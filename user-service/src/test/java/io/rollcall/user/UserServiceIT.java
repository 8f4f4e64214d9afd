package io.rollcall.user;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.nimbusds.jwt.SignedJWT;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.http.MediaType;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.web.client.HttpClientErrorException;
import tools.jackson.databind.JsonNode;

import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserCommand;
import io.rollcall.contracts.UserCommand.AddUser;
import io.rollcall.contracts.UserCommand.UndoRow;
import io.rollcall.contracts.UserCommand.UpdateUser;
import io.rollcall.contracts.UserCommandResult;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.testing.Backends;
import io.rollcall.testing.TopicReader;
import io.rollcall.user.testing.RunningUserService;

import static io.rollcall.user.testing.Fixtures.cells;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/** The whole service: commands in, results and events out, with the real broker and the embedded database. */
class UserServiceIT extends RunningUserService {
	@Autowired
	private AcknowledgedPublisher publisher;
	@Autowired
	private CloudEvents events;
	@Autowired
	private KafkaTemplate<String, byte[]> kafka;
	@Autowired
	private BindingsLifecycleController bindings;
	@Autowired
	private KafkaAdmin admin;

	private TopicReader results;
	private TopicReader userEvents;
	private TopicReader credentialEvents;

	@BeforeEach
	void readFromNow() {
		String broker = Backends.kafka().bootstrapServers();
		results = TopicReader.fromNow(broker, Topics.USER_COMMAND_RESULTS);
		userEvents = TopicReader.fromNow(broker, Topics.USER_EVENTS);
		credentialEvents = TopicReader.fromNow(broker, Topics.CREDENTIAL_EVENTS);
	}

	@AfterEach
	void closeReaders() {
		results.close();
		userEvents.close();
		credentialEvents.close();
	}

	private AddUser add(UUID importId, int record, String... changes) {
		return new AddUser(importId + "/" + record, importId, record, cells(changes), serviceCenter(), false);
	}

	private UpdateUser update(UUID importId, int record, String... changes) {
		return new UpdateUser(importId + "/" + record, importId, record, cells(changes), serviceCenter(), false);
	}

	private CloudEvent event(UserCommand command) {
		return events.of(command, command.cells().get("Username").toLowerCase(), Instant.now(), null);
	}

	private List<JsonNode> send(List<? extends UserCommand> commands) {
		publisher.publish(commands.stream().map(this::event).toList());
		return results.await(commands.size(), SOON).stream().map(this::read).toList();
	}

	private JsonNode read(ConsumerRecord<String, byte[]> record) {
		return json.readTree(record.value());
	}

	private static String username(String prefix) {
		return prefix + "." + UUID.randomUUID().toString().substring(0, 12);
	}

	@Test
	void rowBecomesAnAccountWithTwoPasswords() throws Exception {
		String username = username("Maria");
		UUID importId = UUID.randomUUID();
		JsonNode result = send(List.of(add(importId, 7, "Username", username))).getFirst();
		assertThat(result.get("type").asString()).isEqualTo("RowCreated");
		assertThat(result.get("recordNumber").asInt()).isEqualTo(7);

		Document account = accounts().find(new Document("_id", username.toLowerCase())).first();
		assertThat(account).isNotNull();
		assertThat(result.get("accountId").asString()).isEqualTo(account.get("accountId", UUID.class).toString());

		ConsumerRecord<String, byte[]> created = userEvents.await(1, SOON).getFirst();
		assertThat(created.key()).isEqualTo(result.get("accountId").asString());
		assertThat(header(created, "ce_type")).isEqualTo("io.rollcall.UserCreated");
		assertThat(header(created, "ce_id")).isEqualTo(importId + "/7/created");
		assertThat(header(created, "traceparent")).hasSize(55);

		JsonNode issued = read(credentialEvents.await(1, SOON).getFirst());
		JsonNode secrets = KEY.decrypt(issued.get("secrets").asString());
		for (String site : List.of("PORTAL", "TRAINING")) {
			Document credential = account.get("credentials", Document.class).get(site, Document.class);
			assertThat(sha256(secrets.get(site).asString())).isEqualTo(credential.getString("sha256"));
			assertThat(account.toJson()).doesNotContain(secrets.get(site).asString());
		}
		await().atMost(SOON).until(() -> outboxOf(username).isEmpty());
	}

	private List<Document> outboxOf(String username) {
		Document account = accounts().find(new Document("_id", username.toLowerCase())).first();
		return account == null ? List.of() : account.getList("outbox", Document.class);
	}

	@Test
	void everyRowHasItsOutcomeAndBadOnesDoNotStopTheOthers() {
		String taken = username("taken");
		List<JsonNode> outcomes = send(List.of(add(UUID.randomUUID(), 1, "Username", taken)));
		assertThat(outcomes.getFirst().get("type").asString()).isEqualTo("RowCreated");

		UUID importId = UUID.randomUUID();
		Map<Integer, String> notes = notes(send(List.of(add(importId, 1, "Username", username("good")),
				add(importId, 2, "Username", taken.toUpperCase()),
				add(importId, 3, "Username", taken, "Role", "IT", "Org", "00050000-99999999"),
				add(importId, 4, "Username", username("good")))));
		assertThat(notes).isEqualTo(Map.of(1, "", 2, "User exists with same username", 3,
				"Invalid role; Invalid organization number", 4, ""));
	}

	private static Map<Integer, String> notes(List<JsonNode> results) {
		Map<Integer, String> notes = new HashMap<>();
		for (JsonNode result : results) {
			List<String> texts = new ArrayList<>();
			if (result.has("notes")) result.get("notes").forEach(note -> texts.add(note.get("message").asString()));
			notes.put(result.get("recordNumber").asInt(), String.join("; ", texts));
		}
		return notes;
	}

	@Test
	void whatIsHardlyMeantIsAppliedAndWarnedOf() {
		String username = username("odd");
		UUID importId = UUID.randomUUID();
		AddUser odd = add(importId, 1, "Username", username, "Fname", "RenŽe", "Email", username + "@agawam.example");
		JsonNode result = send(List.of(odd)).getFirst();
		assertThat(result.get("type").asString()).isEqualTo("RowCreated");
		assertThat(result.get("warnings").findValuesAsString("code")).containsExactly("first-name-misread");
		assertThat(send(List.of(odd)).getFirst().get("warnings")).as("given again").isEqualTo(result.get("warnings"));
		assertThat(send(List.of(update(importId, 2, "Username", username, "Fname", "Renée", "Email",
				username + "@agawam.example"))).getFirst().has("warnings")).isFalse();
	}

	/** What the row did, taken back by another import. */
	private UndoRow undo(JsonNode result, Instant askedAt, Map<String, String> cells, boolean dryRun) {
		UUID importId = UUID.randomUUID();
		List<UserCommandResult.Change> changes = new ArrayList<>();
		if (result.has("changes")) {
			result.get("changes").forEach(it -> changes.add(new UserCommandResult.Change(it.get("field").asString(),
					it.get("before").asString(), it.get("after").asString())));
		}
		return new UndoRow(importId + "/1", importId, 1, cells, serviceCenter(), dryRun,
				new UserCommand.Undone(result.get("commandId").asString(), askedAt,
						UUID.fromString(result.get("accountId").asString()),
						result.get("type").asString().equals("RowCreated"), changes, false));
	}

	@Test
	void whatARowDidIsTakenBackAndTheSameCommandIsAnsweredTheSame() {
		String username = username("undone");
		Map<String, String> cells = Map.of("Username", username);
		JsonNode created = send(List.of(add(UUID.randomUUID(), 1, "Username", username))).getFirst();
		Instant made = Instant.now();
		JsonNode updated = send(List.of(update(UUID.randomUUID(), 1, "Username", username, "Lname", "Smith", "Phone",
				"413-555-0100"))).getFirst();
		Instant changed = Instant.now();
		send(List.of(update(UUID.randomUUID(), 1, "Username", username, "Lname", "Smith", "Phone", "413-555-0101")));
		userEvents.await(3, SOON);

		JsonNode preview = send(List.of(undo(updated, changed, cells, true))).getFirst();
		assertThat(preview.get("changes").toString())
				.isEqualTo("[{\"field\":\"lastName\",\"before\":\"Smith\",\"after\":\"Okafor\"}]");
		assertThat(preview.get("notes").get(0).get("code").asString()).isEqualTo("changed-since");
		UndoRow command = undo(updated, changed, cells, false);
		JsonNode undone = send(List.of(command)).getFirst();
		assertThat(undone.get("changes")).isEqualTo(preview.get("changes"));
		JsonNode event = read(userEvents.await(1, SOON).getFirst());
		assertThat(event.get("type").asString()).isEqualTo("UserUpdated");
		assertThat(event.get("origin").get("importId").asString()).isEqualTo(command.importId().toString());

		JsonNode kept = send(List.of(undo(created, made, cells, false))).getFirst();
		assertThat(kept.get("type").asString()).isEqualTo("RowUnchanged");
		assertThat(kept.get("notes").findValuesAsString("field")).containsExactly("lastName", "phone");
		assertThat(send(List.of(command)).getFirst()).isEqualTo(undone);
	}

	@Test
	void anAccountThatARowMadeIsDeactivatedByItsUndo() {
		String username = username("mistaken");
		JsonNode created = send(List.of(add(UUID.randomUUID(), 1, "Username", username))).getFirst();
		userEvents.await(1, SOON);
		UndoRow command = undo(created, Instant.now(), Map.of("Username", username.toUpperCase()), false);
		JsonNode undone = send(List.of(command)).getFirst();
		assertThat(undone.get("type").asString()).isEqualTo("RowUpdated");
		assertThat(undone.get("changes").toString())
				.isEqualTo("[{\"field\":\"status\",\"before\":\"active\",\"after\":\"deactivated\"}]");
		JsonNode event = read(userEvents.await(1, SOON).getFirst());
		assertThat(event.get("type").asString()).isEqualTo("UserDeactivated");
		assertThat(event.get("origin").get("way").asString()).isEqualTo("import");
		assertThat(send(List.of(command)).getFirst()).isEqualTo(undone);
		JsonNode again = send(List.of(undo(created, Instant.now(), Map.of("Username", username), false))).getFirst();
		assertThat(again.get("type").asString()).isEqualTo("RowUnchanged");
	}

	@Test
	void updateChangesWhatDiffersAndAnUntouchedRowNothing() {
		String username = username("changing");
		send(List.of(add(UUID.randomUUID(), 1, "Username", username)));
		userEvents.await(1, SOON);

		UUID importId = UUID.randomUUID();
		List<JsonNode> outcomes = send(
				List.of(update(importId, 1, "Username", username.toUpperCase(), "Lname", "Smith"),
						update(importId, 2, "Username", username, "Lname", "Smith"),
						update(importId, 3, "Username", username("nobody"), "Email", "no")));
		assertThat(outcomes).extracting(it -> it.get("recordNumber").asInt() + it.get("type").asString())
				.containsExactlyInAnyOrder("1RowUpdated", "2RowUnchanged", "3RowRejected");
		assertThat(notes(outcomes).get(3)).isEqualTo("User does not exist; Invalid email address");
		ConsumerRecord<String, byte[]> event = userEvents.await(1, SOON).getFirst();
		assertThat(header(event, "ce_type")).isEqualTo("io.rollcall.UserUpdated");
		assertThat(read(event).get("before").get("lastName").asString()).isEqualTo("Okafor");
		assertThat(read(event).get("origin").get("recordNumber").asInt()).isEqualTo(1);
	}

	@Test
	void commandsGivenAgainHaveTheSameOutcomesAndChangeNothing() {
		String username = username("twice");
		UUID importId = UUID.randomUUID();
		var commands = List.of(add(importId, 1, "Username", username), add(importId, 2, "Username", username),
				add(importId, 3, "Username", username("bad"), "Role", "IT"));
		List<JsonNode> first = send(commands);
		UUID later = UUID.randomUUID();
		send(List.of(update(later, 1, "Username", username, "Lname", "Smith")));
		userEvents.await(2, SOON);
		credentialEvents.await(1, SOON);
		await().atMost(SOON).until(() -> outboxOf(username).isEmpty());
		Document before = accounts().find(new Document("_id", username)).first();

		List<JsonNode> second = send(commands);
		assertThat(second).containsExactlyInAnyOrderElementsOf(first);
		assertThat(notes(second).get(1)).isEmpty();
		assertThat(accounts().find(new Document("_id", username)).first()).isEqualTo(before);
		// a marker behind them shows that nothing else came
		send(List.of(add(UUID.randomUUID(), 1, "Username", username("marker"))));
		assertThat(header(userEvents.await(1, SOON).getFirst(), "ce_type")).isEqualTo("io.rollcall.UserCreated");
	}

	@Test
	void replayFromTheStartChangesNothing() {
		String username = username("replayed");
		UUID importId = UUID.randomUUID();
		send(List.of(add(importId, 1, "Username", username)));
		send(List.of(update(importId, 2, "Username", username, "Lname", "Smith")));
		await().atMost(SOON).until(() -> outboxOf(username).isEmpty());
		String digest = digest();
		results.drain();
		bindings.stop("userCommands-in-0");
		setBack("user-service", Topics.USER_COMMANDS);
		bindings.start("userCommands-in-0");
		send(List.of(add(UUID.randomUUID(), 1, "Username", username("after"))));
		assertThat(digest()).isEqualTo(digest);
	}

	/** Every account but those of the marker rows. */
	private String digest() {
		List<String> all = new ArrayList<>();
		accounts().find().forEach(it -> {
			if (!it.getString("_id").startsWith("after.")) all.add(it.toJson());
		});
		Collections.sort(all);
		return sha256(String.join("\n", all));
	}

	private void setBack(String group, String topic) {
		try (var client = Admin.create(admin.getConfigurationProperties())) {
			await().atMost(SOON).ignoreExceptions().until(() -> {
				var zero = new HashMap<TopicPartition, OffsetAndMetadata>();
				for (int p = 0; p < 6; p++)
					zero.put(new TopicPartition(topic, p),
							new OffsetAndMetadata(0));
				client.alterConsumerGroupOffsets(group, zero).all().get();
				return true;
			});
		}
	}

	@Test
	void poisonIsOneDeadLetterAndItsNeighboursAreHandled() {
		try (var deadLetters = fromNow(Topics.deadLetters(Topics.USER_COMMANDS, "user-service"))) {
			String before = username("before");
			String after = username("after");
			UUID importId = UUID.randomUUID();
			byte[] poison = "{\"type\":\"DropUser\"}".getBytes(UTF_8);
			publisher.publish(List.of(event(add(importId, 1, "Username", before))));
			for (int partition = 0; partition < 6; partition++) {
				kafka.send(new ProducerRecord<>(Topics.USER_COMMANDS, partition, "x", poison));
			}
			publisher.publish(List.of(event(add(importId, 2, "Username", after))));
			assertThat(results.await(2, SOON)).extracting(it -> read(it).get("type").asString())
					.containsOnly("RowCreated");
			List<ConsumerRecord<String, byte[]>> letters = deadLetters.await(6, SOON);
			assertThat(letters).allSatisfy(letter -> {
				assertThat(letter.value()).isEqualTo(poison);
				assertThat(header(letter, "dlq_cause")).contains("InvalidTypeId");
			});
			assertThat(new HashSet<>(letters.stream().map(letter -> header(letter, "dlq_origin")).toList())).hasSize(6);
		}
	}

	@Test
	void rowsWaitWhileTheDirectoryIsAway() {
		DIRECTORY.stopAnswering();
		UUID importId = UUID.randomUUID();
		String username = username("patient");
		publisher.publish(List.of(event(add(importId, 1, "Username", username, "Org", "00050000-00050999"))));
		await().atMost(SOON).until(() -> DIRECTORY.refused() >= 2);
		assertThat(results.drain()).isEmpty();
		DIRECTORY.answerAgain();
		assertThat(notes(results.await(1, SOON).stream().map(this::read).toList()))
				.isEqualTo(Map.of(1, "Invalid organization number"));
	}

	@Test
	void whatAProcessLeftInTheOutboxIsRelayed() {
		String username = username("left");
		send(List.of(add(UUID.randomUUID(), 1, "Username", username)));
		await().atMost(SOON).until(() -> outboxOf(username).isEmpty());
		Document left = new Document("id", "left/1").append("topic", Topics.USER_EVENTS).append("key", "k")
				.append("type", "UserUpdated").append("subject", "k")
				.append("time", Date.from(Instant.now().minusSeconds(60)))
				.append("body", new Binary("{}".getBytes(UTF_8)));
		accounts().updateOne(new Document("_id", username), new Document("$push", new Document("outbox", left)));
		await().atMost(SOON)
				.until(() -> userEvents.await(1, SOON).stream().anyMatch(it -> header(it, "ce_id").equals("left/1")));
		await().atMost(SOON).until(() -> outboxOf(username).isEmpty());
	}

	@Test
	void hundredsOfRowsForOneUsernameKeepTheirOrder() {
		String username = username("busy");
		UUID importId = UUID.randomUUID();
		send(List.of(add(importId, 1, "Username", username)));
		List<UpdateUser> updates = IntStream.rangeClosed(2, 201)
				.mapToObj(i -> update(importId, i, "Username", username, "Lname", "Name" + i)).toList();
		List<JsonNode> outcomes = send(updates);
		assertThat(outcomes).extracting(it -> it.get("type").asString()).containsOnly("RowUpdated");
		assertThat(accounts().find(new Document("_id", username)).first().getString("lastName")).isEqualTo("Name201");
	}

	@Test
	void bootstrapClientActsForTheServiceCenter() throws Exception {
		UUID serviceCenter = serviceCenter();
		JsonNode answer = token(BOOTSTRAP_SECRET);
		var claims = SignedJWT.parse(answer.get("access_token").asString()).getJWTClaimsSet();
		assertThat(claims.getSubject()).isEqualTo(serviceCenter.toString());
		assertThat(claims.getIssuer()).isEqualTo("http://localhost:8080/auth");
		assertThat(claims.getStringClaim("role")).isEqualTo("SC");
		assertThat(claims.getStringListClaim("permissions")).contains("manage-users").hasSize(16);
		assertThat(claims.getStringClaim("client_id")).isEqualTo("bootstrap");
	}

	@Test
	void wrongClientSecretIsRefused() {
		assertThat(catchThrowableOfType(
				HttpClientErrorException.Unauthorized.class, () -> token("wrong")))
				.isNotNull();
	}

	@Test
	void nothingIsAnsweredWithoutAToken() {
		var failure = catchThrowableOfType(
				HttpClientErrorException.class,
				() -> http().get().uri("/api/users").retrieve().body(String.class));
		assertThat(failure.getStatusCode().value()).isEqualTo(401);
		assertThat(failure.getResponseHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
		assertThat(failure.getResponseBodyAsString()).contains("\"code\":\"unauthenticated\"");
	}

	private static String header(ConsumerRecord<String, byte[]> record, String name) {
		return new String(record.headers().lastHeader(name).value(), UTF_8);
	}

	private static String sha256(String text) {
		try {
			return HexFormat.of()
					.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}
}
