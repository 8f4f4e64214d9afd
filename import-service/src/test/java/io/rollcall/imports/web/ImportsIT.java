package io.rollcall.imports.web;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.bson.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.ImportEvent;
import io.rollcall.contracts.ImportEvent.ImportCompleted;
import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserCommand;
import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.Client.Answer;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.testing.Backends;

import static io.rollcall.imports.testing.Client.HEADER;
import static io.rollcall.imports.testing.Client.file;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ImportsIT extends WholeService {
	private static final JsonMapper JSON = JsonMapper.builder().build();

	@LocalServerPort
	int port;
	@Autowired
	MongoDatabase database;

	private final UUID account = UUID.randomUUID();
	private Client client;
	private UserServicePlayer userService;

	@BeforeEach
	void prepare() {
		client = coordinatorOf(account, "00050000");
		userService = UserServicePlayer.playing();
	}

	private Client coordinatorOf(UUID account, String district) {
		return new Client(port, Backends.issuer().districtCoordinator(account, district));
	}

	private static UUID id(JsonNode imported) {
		return UUID.fromString(imported.path("id").asString());
	}

	@Test
	void fileBecomesCommandsAndASummary() {
		Answer answer = client.upload(Map.of("action", "add"), "agawam.csv",
				file("anna", "rejectedBob", "Cleo ", "rejectedDan", "twiceEve").getBytes(UTF_8), Map.of());
		assertThat(answer.status()).as(answer.text()).isEqualTo(202);
		JsonNode stored = answer.json();
		assertThat(answer.header("Location")).isEqualTo("/api/imports/" + id(stored));
		assertThat(stored.path("status").asString()).isEqualTo("processing");
		assertThat(stored.path("total").asInt()).isEqualTo(5);
		assertThat(stored.path("message").isNull()).isTrue();

		JsonNode completed = client.completed(stored);
		assertThat(completed.propertyNames()).contains("id", "action", "dryRun", "fileName", "status", "total",
				"processed", "rejected", "created", "updated", "unchanged", "message", "submittedBy", "submittedAt",
				"completedAt");
		assertThat(completed.path("action").asString()).isEqualTo("add");
		assertThat(completed.path("fileName").asString()).isEqualTo("agawam.csv");
		assertThat(completed.path("submittedBy").asString()).isEqualTo("tester");
		assertThat(completed.path("submittedAt").asString()).isEqualTo(stored.path("submittedAt").asString());
		assertThat(completed.path("created").asInt()).isEqualTo(3);
		assertThat(completed.path("processed").asInt()).isEqualTo(3);
		assertThat(completed.path("rejected").asInt()).isEqualTo(2);
		assertThat(completed.path("message").asString()).isEqualTo(
				"The uploaded file has been processed with errors, but 3 user(s) have been successfully uploaded. Errors are detailed in attached file.");

		var records = userService.records(id(stored));
		assertThat(records).extracting(record -> record.key()).containsExactlyInAnyOrder("anna", "rejectedbob", "cleo",
				"rejecteddan", "twiceeve");
		assertThat(records).as("asked for when the file was handed in")
				.extracting(UserServicePlayer::time)
				.containsOnly(Instant.parse(stored.path("submittedAt").asString()));
		List<String> traceparents = records.stream()
				.map(record -> new String(record.headers().lastHeader("traceparent").value(), UTF_8)).toList();
		assertThat(traceparents).extracting(traceparent -> traceparent.split("-")[1]).as("one trace an import")
				.containsOnly(traceparents.getFirst().split("-")[1]);
		assertThat(traceparents).extracting(traceparent -> traceparent.split("-")[2]).as("a span each")
				.doesNotHaveDuplicates();
		assertThat(userService.commands(id(stored))).allSatisfy(command -> {
			assertThat(command).isInstanceOf(UserCommand.AddUser.class);
			assertThat(command.uploaderId()).isEqualTo(account);
			assertThat(command.dryRun()).isFalse();
			assertThat(command.commandId()).isEqualTo(id(stored) + "/" + command.recordNumber());
		});
		assertThat(userService.commands(id(stored)).stream().filter(c -> c.recordNumber() == 3).findFirst()
				.orElseThrow().cells()).containsEntry("Username", "Cleo ").containsOnlyKeys("Username", "Fname",
						"Lname", "Email", "Role", "Org");
	}

	@Test
	void completionIsAnnouncedOnceToWhomeverItConcerns() {
		JsonNode stored = client.upload(Map.of("action", "add"), "announced.csv",
				file("annaAnnounced", "rejectedBen").getBytes(UTF_8), Map.of()).json();
		JsonNode completed = client.completed(stored);

		var announced = Awaitility.await().until(() -> announcements(id(stored)), found -> !found.isEmpty());
		assertThat(announced).hasSize(1);
		var event = announced.getFirst();
		assertThat(event.submitterId()).isEqualTo(account);
		assertThat(event.fileName()).isEqualTo("announced.csv");
		assertThat(event.action()).isEqualTo("add");
		assertThat(List.of(event.total(), event.created(), event.updated(), event.unchanged(), event.rejected()))
				.containsExactly(2, 1, 0, 0, 1);
		assertThat(event.message()).isEqualTo(completed.path("message").asString());
		assertThat(event.submittedAt()).isEqualTo(Instant.parse(completed.path("submittedAt").asString()));
		assertThat(event.occurredAt()).isEqualTo(Instant.parse(completed.path("completedAt").asString()));
		Awaitility.await().until(() -> database.getCollection("imports").find(new Document("unannounced", true))
				.first() == null);
		assertThat(announcements(id(stored))).hasSize(1);
	}

	static List<ImportCompleted> announcements(UUID importId) {
		try (var consumer = new KafkaConsumer<>(
				Map.<String, Object>of("bootstrap.servers", Backends.kafka().bootstrapServers()),
				new StringDeserializer(), new ByteArrayDeserializer())) {
			var partitions = consumer.partitionsFor(Topics.IMPORT_EVENTS).stream()
					.map(info -> new TopicPartition(info.topic(), info.partition())).toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			var ends = consumer.endOffsets(partitions);
			List<ImportCompleted> found = new ArrayList<>();
			while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition)))
				consumer.poll(Duration.ofMillis(100)).forEach(record -> {
					var event = (ImportCompleted) JSON.readValue(record.value(), ImportEvent.class);
					if (event.importId().equals(importId)) found.add(event);
				});
			return found;
		}
	}

	@Test
	void updateCountsWhatChangedAndWhatDidNot() {
		JsonNode completed = client
				.completed(client.upload("update", file("updated1", "unchanged1", "updated2")).json());
		assertThat(completed.path("updated").asInt()).isEqualTo(2);
		assertThat(completed.path("unchanged").asInt()).isEqualTo(1);
		assertThat(completed.path("message").asString()).isEqualTo(
				"The uploaded file has been processed and 3 user(s) have been successfully uploaded.");
		assertThat(userService.commands(id(completed))).allMatch(UserCommand.UpdateUser.class::isInstance);
		JsonNode rows = client.get("/api/imports/" + id(completed) + "/rows?outcome=updated").json();
		assertThat(rows.path("items").get(0).path("changes").get(0).path("before").asString()).isEqualTo("Old");
	}

	@Test
	void onlyErrorsHaveTheirOwnMessage() {
		JsonNode completed = client.completed(client.upload("add", file("rejected1")).json());
		assertThat(completed.path("message").asString())
				.isEqualTo("No users have been uploaded. Errors are detailed in attached file.");
	}

	@Test
	void dryRunIsCarriedThroughAndClaimsNothing() {
		JsonNode completed = client.completed(client.upload(Map.of("action", "add", "dryRun", "true"), "u.csv",
				file("dry1", "rejectedDry").getBytes(UTF_8), Map.of()).json());
		assertThat(completed.path("dryRun").asBoolean()).isTrue();
		assertThat(completed.path("message").asString()).startsWith("Nothing has been changed. 1 of 2");
		assertThat(userService.commands(id(completed))).allMatch(UserCommand::dryRun);
	}

	@Test
	void rowsAreListedWithCellsOutcomesAndNotes() {
		JsonNode stored = client.completed(client.upload("add", file("rowA", "rejectedB", "rowC", "rejectedD")).json());
		String path = "/api/imports/" + id(stored) + "/rows";
		JsonNode all = client.get(path).json();
		assertThat(all.path("totalItems").asInt()).isEqualTo(4);
		assertThat(all.path("items").get(0).path("cells").propertyNames()).containsExactly("Username", "Fname", "Lname",
				"Email", "Role", "Org");
		JsonNode rejected = client.get(path + "?outcome=rejected&page=1&size=1").json();
		assertThat(rejected.path("totalItems").asInt()).isEqualTo(2);
		assertThat(rejected.path("totalPages").asInt()).isEqualTo(2);
		assertThat(rejected.path("items")).hasSize(1);
		JsonNode row = rejected.path("items").get(0);
		assertThat(row.path("recordNumber").asInt()).isEqualTo(4);
		assertThat(row.path("notes").get(0).path("field").asString()).isEqualTo("role");
		assertThat(row.path("notes").get(0).path("code").asString()).isEqualTo("invalid-role");
		assertThat(row.path("notes").get(0).path("message").asString()).isEqualTo("Invalid role");
		client.get(path + "?outcome=lost").isProblem(400, "invalid-request", "outcome");
		client.get(path + "?size=0").isProblem(400, "invalid-request", "size");
	}

	@Test
	void errorFileCanBeUploadedAsItIs() {
		String content = "\uFEFFOrg,USERNAME,Lname,Fname,Role,Email,Address\r\n"
				+ "00050000,rejected1,\"Oka\"\"for\",Maria,TA,m@a.example,'=1+1\r\n"
				+ "00050000,fine,Okafor,Maria,TA,m@a.example,\r\n"
				+ "00050000,rejected2,Oka,José,TA,m@a.example,\"a\nb\"\r\n";
		JsonNode stored = client.completed(client.upload(Map.of("action", "add"), "école.csv", content.getBytes(UTF_8),
				Map.of()).json());
		assertThat(userService.commands(id(stored)).stream().filter(c -> c.recordNumber() == 1).findFirst()
				.orElseThrow().cells()).containsEntry("Address", "=1+1");
		Answer errors = client.get("/api/imports/" + id(stored) + "/errors");
		assertThat(errors.status()).isEqualTo(200);
		assertThat(errors.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
		assertThat(errors.header("Content-Disposition"))
				.isEqualTo("attachment; filename=\"_cole-errors.csv\"; filename*=UTF-8''%C3%A9cole-errors.csv");
		assertThat(errors.text()).isEqualTo("\uFEFFOrg,USERNAME,Lname,Fname,Role,Email,Address,Notes\r\n"
				+ "00050000,rejected1,\"Oka\"\"for\",Maria,TA,m@a.example,'=1+1,Invalid role; Invalid organization number\r\n"
				+ "00050000,rejected2,Oka,José,TA,m@a.example,\"a\nb\",Invalid role; Invalid organization number\r\n");

		JsonNode again = client.completed(client.upload("add", errors.text()).json());
		assertThat(again.path("rejected").asInt()).isEqualTo(2);
		assertThat(client.get("/api/imports/" + id(again) + "/errors").text()).isEqualTo(errors.text());
	}

	@Test
	void errorFileIsThereWhenThereAreErrorsAndTheImportIsCompleted() {
		JsonNode fine = client.completed(client.upload("add", file("noErrors")).json());
		client.get("/api/imports/" + id(fine) + "/errors").isProblem(404, "no-rejected-records");
		JsonNode open = client.upload("add", file("silent", "rejected")).json();
		client.get("/api/imports/" + id(open) + "/errors").isProblem(409, "import-not-completed");
		answer(open, 1);
		client.completed(open);
		assertThat(client.get("/api/imports/" + id(open) + "/errors").status()).isEqualTo(200);
	}

	/** Ends a row that nobody answered. */
	private void answer(JsonNode stored, int record) {
		userService.publish(List.of(new io.rollcall.contracts.UserCommandResult.Created(id(stored) + "/" + record,
				id(stored), record, UUID.randomUUID())));
	}

	@Test
	void countsAreThereWhileTheImportRuns() {
		JsonNode open = client.upload("add", file("live1", "silent", "rejectedLive")).json();
		Awaitility.await().untilAsserted(() -> {
			JsonNode now = client.get("/api/imports/" + id(open)).json();
			assertThat(now.path("done").asInt()).isEqualTo(2);
			assertThat(now.path("processed").asInt()).isEqualTo(1);
			assertThat(now.path("rejected").asInt()).isEqualTo(1);
			assertThat(now.path("dispatched").asInt()).isEqualTo(3);
			assertThat(now.path("status").asString()).isEqualTo("processing");
			assertThat(now.path("message").isNull()).isTrue();
			assertThat(now.path("completedAt").isNull()).isTrue();
		});
		assertThat(client.get("/api/imports/" + id(open) + "/rows?outcome=pending").json().path("totalItems").asInt())
				.isEqualTo(1);
		answer(open, 2);
		client.completed(open);
	}

	@Test
	void unknownResultsAndRepeatedOnesChangeNothing() {
		JsonNode stored = client.completed(client.upload("add", file("rejectedOnce", "stays")).json());
		answer(stored, 1);
		answer(stored, 2);
		answer(stored, 3);
		answer(stored, 0);
		UUID nobody = UUID.randomUUID();
		userService
				.publish(List.of(new io.rollcall.contracts.UserCommandResult.Created(nobody + "/1", nobody, 1, null)));
		JsonNode after = client.completed(client.upload("add", file("afterwards")).json());
		assertThat(after.path("created").asInt()).isEqualTo(1);
		assertThat(client.get("/api/imports/" + id(stored)).json()).isEqualTo(stored);
	}

	@Test
	void fileThatIsNoneIsRefusedInTheGuidesWords() {
		for (byte[] content : List.of(new byte[0], "PK\u0003\u0004xlsx".getBytes(UTF_8),
				HEADER.replace(',', ';').getBytes(UTF_8))) {
			Answer answer = client.upload(Map.of("action", "add"), "users.csv", content, Map.of());
			answer.isProblem(422, "not-csv");
			assertThat(answer.json().path("detail").asString()).isEqualTo(
					"The uploaded file is not in the expected .CSV format. Please update the file and try again.");
		}
	}

	@Test
	void wrongFilesAreRefusedNamingWhatIsWrong() {
		client.upload("add", file("a").replace("Lname", "Surname")).isProblem(422, "missing-column", "'Lname'",
				"'Surname'");
		client.upload("update", file("a").replace(",Org", "")).isProblem(422, "missing-column", "'Org'");
		client.upload("add", file("a").replace("Org", "Org,EMAIL")).isProblem(422, "duplicate-column", "'Email'");
		client.upload("add", file("a").replace("Org", "Org,School")).isProblem(422, "unknown-column", "'School'");
		client.upload("add", file("a").replace(HEADER + "\r\n", "")).isProblem(422, "no-header", "first line");
		client.upload("add", file("a", 201)).isProblem(422, "too-many-records", "201", "200");
		client.upload("add", HEADER).isProblem(422, "no-records");
		client.upload("add", "Staff of Agawam,,\n" + file("a")).isProblem(422, "not-the-header",
				"The first line must name the columns", "'Staff of Agawam'");
		client.upload("add", file("a") + "\"b").isProblem(422, "broken-quoting",
				"not in the expected .CSV format. Please update", "In line 3");
		byte[] mixed = (file("\u00C3\u00A9") + file("\u00E9").substring(HEADER.length() + 2)).getBytes(ISO_8859_1);
		client.upload(Map.of("action", "add"), "x.csv", mixed, Map.of()).isProblem(422, "two-encodings",
				"Record 2 (line 3)");
	}

	@Test
	void requestWithoutFileOrActionIsRefusedNamingTheField() {
		Answer none = client.upload(Map.of("action", "remove", "dryRun", "maybe"), "", new byte[0], Map.of());
		none.isProblem(422, "invalid-request");
		assertThat(none.json().path("errors")).extracting(error -> error.path("field").asString())
				.containsExactly("file", "action", "dryRun");
		client.send(client.request("/api/imports").header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString("{}"))).isProblem(415, "unsupported-media-type");
		client.send(client.request("/api/imports").header("Content-Type", "multipart/form-data")
				.POST(BodyPublishers.ofString("x"))).isProblem(400, "malformed-upload");
	}

	@Test
	void partThatIsOfAnotherKindOrThereTwiceIsRefused() {
		String head = "--xyz\r\nContent-Disposition: form-data; name=";
		String file = head + "\"file\"; filename=\"a.csv\"\r\n\r\n" + file("a") + "\r\n";
		String add = head + "\"action\"\r\n\r\nadd\r\n";
		for (String name : List.of("action", "dryRun")) {
			String asFile = head + "\"" + name + "\"; filename=\"x\"\r\n\r\nadd\r\n";
			Answer answer = parts(file + (name.equals("action") ? "" : add) + asFile);
			answer.isProblem(400, "invalid-request", name);
			assertThat(answer.text()).doesNotContain("org.springframework");
		}
		parts(file + add + head + "\"dryRun\"\r\n\r\n\r\n").isProblem(422, "invalid-request", "dryRun");
		parts(file + file + add).isProblem(422, "invalid-request", "one file");
		parts(file + add + add).isProblem(422, "invalid-request", "'action' is there twice");
		String text = head + "\"file\"\r\n\r\n" + file("a") + "\r\n";
		for (String both : List.of(file + text, text + file))
			parts(both + add).isProblem(422, "invalid-request", "'file' must be a file");
	}

	@Test
	void partThatThereIsNotIsRefusedByItsName() {
		String head = "--xyz\r\nContent-Disposition: form-data; name=";
		String upload = head + "\"file\"; filename=\"a.csv\"\r\n\r\n" + file("a") + "\r\n" + head
				+ "\"action\"\r\n\r\nadd\r\n";
		for (String more : List.of("\"dryrun\"\r\n\r\ntrue", "\"dryrun\"; filename=\"b.csv\"\r\n\r\n" + file("b"))) {
			Answer answer = parts(upload + head + more + "\r\n");
			answer.isProblem(422, "invalid-request", "There is no part 'dryrun' here.");
			assertThat(answer.json().path("errors").path(0).path("code").asString()).isEqualTo("unknown-part");
		}
		Answer nameless = parts(upload + head + "\"<b>\"\r\n\r\nx\r\n");
		nameless.isProblem(422, "invalid-request", "There is no part '?' here.");
	}

	@Test
	void nameOfAFileIsAsLongAsNamesOfFilesAre() {
		Answer longest = client.upload(Map.of("action", "add"), "ก".repeat(251) + ".csv", file("long").getBytes(UTF_8),
				Map.of());
		assertThat(longest.status()).as(longest.text()).isEqualTo(202);
		client.upload(Map.of("action", "add"), "x".repeat(3_000) + ".csv", file("a").getBytes(UTF_8), Map.of())
				.isProblem(400, "malformed-upload", "a name that is too long");
	}

	private Answer parts(String parts) {
		return client.send(client.request("/api/imports").header("Content-Type", "multipart/form-data; boundary=xyz")
				.POST(BodyPublishers.ofString(parts + "--xyz--\r\n")));
	}

	@Test
	void fileThatIsTooLargeIsRefusedNamingTheLimit() throws IOException {
		for (int size : List.of(30 << 20, (5 << 20) + 1)) {
			byte[] noise = new byte[size];
			new Random(1).nextBytes(noise);
			client.upload(Map.of("action", "add"), "noise.csv", noise, Map.of()).isProblem(413, "file-too-large",
					"5 MB");
		}
		noFileIsLeftBehind();
	}

	@Test
	void fileOfTheLargestSizeIsRead() throws IOException {
		byte[] largest = (file("a") + " ".repeat(5 << 20)).substring(0, 5 << 20).getBytes(UTF_8);
		client.upload(Map.of("action", "add"), "x.csv", noise(largest), Map.of()).isProblem(422, "not-csv");
		noFileIsLeftBehind();
	}

	@Test
	void uploadOfThousandsOfPartsIsRefused() throws IOException {
		Map<String, String> fields = new HashMap<>();
		IntStream.range(0, 3_000).forEach(i -> fields.put("field" + i, "x"));
		Answer parts = client.upload(fields, "x.csv", file("a").getBytes(UTF_8), Map.of());
		parts.isProblem(400, "malformed-upload", "too many parts");
		noFileIsLeftBehind();
	}

	private static void noFileIsLeftBehind() throws IOException {
		Awaitility.await().untilAsserted(() -> {
			try (Stream<Path> files = Files.walk(TOMCAT)) {
				assertThat(files.filter(Files::isRegularFile)).isEmpty();
			}
		});
	}

	private static byte[] noise(byte[] text) {
		text[1000] = 0;
		return text;
	}

	@Test
	void sameIdempotencyKeyIsTheSameImport() {
		var fields = Map.of("action", "add");
		var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		byte[] content = file("idempotent").getBytes(UTF_8);
		Answer first = client.upload(fields, "a.csv", content, key);
		Answer again = client.upload(fields, "a.csv", content, key);
		assertThat(again.status()).isEqualTo(202);
		assertThat(again.header("Location")).isEqualTo(first.header("Location"));
		client.upload(fields, "a.csv", file("other").getBytes(UTF_8), key).isProblem(422, "idempotency-key-reused");
		client.upload(Map.of("action", "update"), "a.csv", content, key).isProblem(422, "idempotency-key-reused");
		Answer somebodyElse = coordinatorOf(UUID.randomUUID(), "00050000").upload(fields, "a.csv", content, key);
		assertThat(somebodyElse.status()).isEqualTo(202);
		assertThat(somebodyElse.header("Location")).isNotEqualTo(first.header("Location"));
		Answer badKey = client.upload(fields, "a.csv", content, Map.of("Idempotency-Key", "with blank"));
		badKey.isProblem(422, "invalid-request");
	}

	@Test
	void anImportThatIsOutOfSightIsNotToldAgainByItsKey() {
		UUID account = UUID.randomUUID();
		var fields = Map.of("action", "add");
		var key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		byte[] content = file("moved").getBytes(UTF_8);
		Answer first = coordinatorOf(account, "00050000").upload(fields, "a.csv", content, key);
		Client moved = coordinatorOf(account, "00350000");
		moved.get(first.header("Location")).isProblem(404, "not-found");
		moved.upload(fields, "a.csv", content, key).isProblem(422, "idempotency-key-reused");
		assertThat(moved.upload(fields, "a.csv", content, Map.of()).status()).isEqualTo(202);
	}

	@Test
	void onlyThoseWhoManageUsersImport() {
		var nobody = new Client(port, "");
		nobody.upload("add", file("a")).isProblem(401, "unauthenticated");
		for (String role : List.of("TA", "RAO")) {
			var reader = new Client(port, Backends.issuer().token(UUID.randomUUID(), role, List.of("00050000-00050303"),
					List.of("00050000"), List.of("view-reports")));
			reader.upload("add", file("a")).isProblem(403, "forbidden");
			reader.get("/api/imports").isProblem(403, "forbidden");
			reader.get("/api/imports/template").isProblem(403, "forbidden");
		}
		assertThat(new Client(port, Backends.issuer().serviceCenter()).upload("add", file("bySc")).status())
				.isEqualTo(202);
		new Client(port, Backends.issuer().service("gateway")).upload("add", file("a")).isProblem(403, "forbidden");
	}

	@Test
	void importIsSeenByItsSubmitterAndByThoseWhoManageThem() {
		String district = "D" + UUID.randomUUID();
		String school = district + "-1";
		List<String> stc = List.of("manage-users", "transfers");
		List<String> dtc = List.of("manage-users", "transfers", "reactivate-tests");
		var submitter = client("STC", List.of(school), List.of(district), stc);
		String path = "/api/imports/" + id(submitter.completed(submitter.upload("add", file("seen")).json()));
		var seeing = List.of(submitter, client("DTC", List.of(district), List.of(district), dtc),
				client("STC", List.of(school, district + "-2"), List.of(district), stc),
				new Client(port, Backends.issuer().serviceCenter()));
		var blind = List.of(client("DTC", List.of("other"), List.of("other"), dtc),
				client("STC", List.of(district + "-2"), List.of(district), stc),
				client("TC", List.of(school), List.of(district), List.of("manage-users")));
		for (Client who : seeing) {
			assertThat(who.get(path).status()).isEqualTo(200);
			assertThat(who.get(path + "/rows").status()).isEqualTo(200);
			who.get(path + "/errors").isProblem(404, "no-rejected-records");
			assertThat(who.get("/api/imports?size=500").json().path("items")).extracting(i -> "/api/imports/" + id(i))
					.contains(path);
		}
		for (Client who : blind) {
			for (String what : List.of("", "/rows", "/errors")) {
				Answer unseen = who.get(path + what);
				unseen.isProblem(404, "not-found");
				Answer absent = who.get("/api/imports/" + UUID.randomUUID() + what);
				assertThat(absent.json().path("detail")).isEqualTo(unseen.json().path("detail"));
			}
			assertThat(who.get("/api/imports?size=500").json().path("items")).extracting(i -> "/api/imports/" + id(i))
					.doesNotContain(path);
		}
		assertThat(submitter.get("/api/imports/not-an-id").status()).isEqualTo(404);
	}

	private Client client(String role, List<String> organizations, List<String> districts, List<String> permissions) {
		return new Client(port,
				Backends.issuer().token(UUID.randomUUID(), role, organizations, districts, permissions));
	}

	@Test
	void historyIsNewestFirstInPages() {
		var someone = coordinatorOf(UUID.randomUUID(), "D" + UUID.randomUUID());
		List<UUID> ids = IntStream.range(0, 5).mapToObj(i -> id(someone.upload("add", file("history" + i)).json()))
				.toList();
		JsonNode first = someone.get("/api/imports?page=0&size=2").json();
		assertThat(first.path("totalItems").asInt()).isEqualTo(5);
		assertThat(first.path("totalPages").asInt()).isEqualTo(3);
		JsonNode last = someone.get("/api/imports?page=2&size=2").json();
		assertThat(last.path("items")).hasSize(1);
		assertThat(Stream.of(first, someone.get("/api/imports?page=1&size=2").json(), last)
				.flatMap(page -> page.path("items").valueStream()).map(ImportsIT::id))
				.containsExactlyInAnyOrderElementsOf(ids);
		List<String> times = someone.get("/api/imports").json().path("items").valueStream()
				.map(item -> item.path("submittedAt").asString()).toList();
		assertThat(times).isSortedAccordingTo(java.util.Comparator.comparing(java.time.Instant::parse).reversed());
	}

	@Test
	void templateIsTheTenColumns() {
		Answer template = client.get("/api/imports/template");
		assertThat(template.text()).isEqualTo("Username,Fname,Lname,Email,Role,Org,Program,Phone,Fax,Address\r\n");
		assertThat(template.header("Content-Disposition")).startsWith("attachment");
	}

	@Test
	void cellThatNoFieldHasRoomForIsRefusedNamingItsPlace() {
		String giant = file("giant1", "giant2").replace("giant2,Maria", "giant2," + "\u0001".repeat(2_000_000));
		client.upload("add", giant).isProblem(422, "cell-too-long", "record 2 (line 3)", "'Fname'",
				"10,000 characters");
	}

	@Test
	void cellsAsLongAsCanBeAreNotTooLongForTheTopic() {
		String longest = "\u0001".repeat(10_000);
		String giant = file("giant1", "giant2").replace("Maria,Okafor,giant2@a.example,TA",
				String.join(",", longest, longest, longest, longest));
		JsonNode completed = client.completed(client.upload("add", giant).json());
		assertThat(completed.path("created").asInt()).isEqualTo(2);
	}

	@Test
	void importOf200RowsIsQuick() {
		client.completed(client.upload("add", file("warm", 200)).json());
		long start = System.nanoTime();
		JsonNode completed = client.completed(client.upload("add", file("quick", 200)).json());
		System.out.printf("200 rows through real Kafka and Mongo: %d ms%n", (System.nanoTime() - start) / 1_000_000);
		assertThat(completed.path("created").asInt()).isEqualTo(200);
	}
}
