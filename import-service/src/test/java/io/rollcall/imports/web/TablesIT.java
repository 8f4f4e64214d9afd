package io.rollcall.imports.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.UserCommand;
import io.rollcall.imports.table.xlsx.HostileWorkbooks;
import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.Client.Answer;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.testing.Backends;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Any table, by an offer: proposed, changed, previewed, applied. */
class TablesIT extends WholeService {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final String STAFF = """
			Agawam Public Schools\t\t\t\t
			First Name\tLast Name\tE-mail\tPosition\tSchool\tWhere
			Maria\tOkafor\ttable1@a.example\tTA\t00050000-00050303\tA
			John\tDoe\ttable2@a.example\tSTC\t00050000-00050303\tB
			Total: 2\t\t\t\t
			""";

	@LocalServerPort
	int port;

	private final UUID account = UUID.randomUUID();
	private Client client;

	@BeforeEach
	void prepare() {
		client = new Client(port, Backends.issuer().signedIn(account, "00050000"));
		UserServicePlayer.playing();
	}

	private static String choice(JsonNode proposal, Map<Integer, String> changes) {
		Map<String, String> columns = new TreeMap<>();
		for (JsonNode column : proposal.path("columns"))
			if (column.path("column").isString())
				columns.put(column.path("index").asString(), column.path("column").asString());
		changes.forEach((index, column) -> columns.put(index.toString(), column));
		return JSON.writeValueAsString(Map.of("sheet", proposal.path("sheet").asString(), "headerLine",
				proposal.path("headerLine").asInt(), "columns", columns));
	}

	private Answer preview(byte[] content, String table) {
		return client.upload(Map.of("action", "add", "dryRun", "true", "table", table), "staff.txt", content, Map.of());
	}

	@Test
	void tableIsProposedPreviewedAndApplied() {
		byte[] content = STAFF.getBytes(UTF_8);
		Answer answer = client.table(Map.of(), "staff.txt", content);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		JsonNode proposal = answer.json();
		assertThat(proposal.path("headerLine").asInt()).isEqualTo(2);
		assertThat(proposal.path("records").asInt()).isEqualTo(2);
		assertThat(proposal.path("missing")).isEmpty();
		assertThat(proposal.path("ignored").toString()).isEqualTo("[\"Where\"]");
		assertThat(proposal.path("skippedLines").toString()).isEqualTo("[\"Agawam Public Schools\",\"Total: 2\"]");

		JsonNode preview = client.completed(preview(content, choice(proposal, Map.of())).json());
		assertThat(preview.path("dryRun").asBoolean()).isTrue();
		assertThat(preview.path("created").asInt()).isEqualTo(2);
		String path = "/api/imports/" + preview.path("id").asString();
		JsonNode cells = client.get(path + "/rows").json().path("items").get(0).path("cells");
		assertThat(cells.toString()).isEqualTo(
				"{\"Username\":\"table1@a.example\",\"Fname\":\"Maria\",\"Lname\":\"Okafor\",\"Email\":\"table1@a.example\",\"Role\":\"TA\",\"Org\":\"00050000-00050303\"}");
		assertThat(client.get(path + "/file").text()).isEqualTo(STAFF);

		Answer commit = client.send(client.request(path + "/commit").POST(BodyPublishers.noBody()));
		JsonNode applied = client.completed(commit.json());
		assertThat(applied.path("created").asInt()).isEqualTo(2);
		assertThat(UserServicePlayer.playing().commands(UUID.fromString(applied.path("id").asString())))
				.extracting(UserCommand::dryRun).containsOnly(false);
	}

	@Test
	void tableIsNeverUploadedUnseen() {
		byte[] content = STAFF.getBytes(UTF_8);
		String table = choice(client.table(Map.of(), "staff.txt", content).json(), Map.of());
		for (Map<String, String> fields : List.of(Map.of("action", "add", "table", table),
				Map.of("action", "add", "dryRun", "false", "table", table)))
			client.upload(fields, "staff.txt", content, Map.of()).isProblem(422, "table-needs-preview");
		client.upload(Map.of("action", "add", "dryRun", "true"), "staff.txt", content, Map.of()).isProblem(422,
				"not-csv");
	}

	@Test
	void whatOnePersonChoseIsProposedToThatPerson() {
		byte[] content = STAFF.replace("School\tWhere", "Where\tSchool").getBytes(UTF_8);
		JsonNode first = client.table(Map.of(), "staff.txt", content).json();
		assertThat(first.path("columns").get(4).path("column").isNull()).isTrue();
		String table = choice(first, Map.of(4, "Org", 5, ""));
		assertThat(preview(content, table).status()).isEqualTo(202);
		JsonNode next = client.table(Map.of(), "other.txt", content).json();
		assertThat(next.path("columns").get(4).path("column").asString()).isEqualTo("Org");
		assertThat(next.path("columns").get(4).path("reason").asString()).isEqualTo("remembered");
		assertThat(next.path("ignored").toString()).isEqualTo("[\"School\"]");
		var another = new Client(port, Backends.issuer().signedIn(UUID.randomUUID(), "00050000"));
		assertThat(another.table(Map.of(), "staff.txt", content).json().path("columns"))
				.isEqualTo(first.path("columns"));
	}

	@Test
	void whatAProgramChoseIsProposedToNobody() {
		byte[] content = STAFF.getBytes(UTF_8);
		JsonNode proposal = client.table(Map.of(), "staff.txt", content).json();
		String table = choice(proposal, Map.of(0, "Lname", 1, "Fname"));
		var program = new Client(port, Backends.issuer().districtCoordinator(account, "00050000"));
		assertThat(program.upload(Map.of("action", "add", "dryRun", "true", "table", table), "staff.txt", content,
				Map.of()).status()).isEqualTo(202);
		assertThat(client.table(Map.of(), "staff.txt", content).json().path("columns"))
				.isEqualTo(proposal.path("columns"));
	}

	@Test
	void partsAreNotTakenFromTheAddress() {
		for (String query : List.of("?action=add", "?dryRun=true", "?table=%7B%7D", "?action"))
			client.send(client.request("/api/imports" + query).header("Content-Type", "multipart/form-data; boundary=b")
					.POST(BodyPublishers.ofString("--b--\r\n"))).isProblem(400, "invalid-request");
		client.send(client.request("/api/imports/tables?headerLine=0")
				.header("Content-Type", "multipart/form-data; boundary=b").POST(BodyPublishers.ofString("--b--\r\n")))
				.isProblem(400, "invalid-request");
	}

	@Test
	void sameTableReadAnotherWayIsAnotherUpload() {
		byte[] content = STAFF.getBytes(UTF_8);
		JsonNode proposal = client.table(Map.of(), "staff.txt", content).json();
		Map<String, String> key = Map.of("Idempotency-Key", "one");
		Map<String, String> fields = new TreeMap<>(Map.of("action", "add", "dryRun", "true", "table",
				choice(proposal, Map.of())));
		JsonNode first = client.upload(fields, "staff.txt", content, key).json();
		assertThat(client.upload(fields, "staff.txt", content, key).json().path("id")).isEqualTo(first.path("id"));
		fields.put("table", choice(proposal, Map.of(0, "Lname", 1, "Fname")));
		client.upload(fields, "staff.txt", content, key).isProblem(422, "idempotency-key-reused");
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "x", "[]", "{}", "{\"headerLine\":1}", "{\"headerLine\":-1,\"columns\":{}}",
			"{\"headerLine\":1,\"columns\":{\"x\":\"Fname\"}}", "{\"headerLine\":1,\"columns\":{\"0\":\"Shoe size\"}}",
			"{\"headerLine\":\"\",\"columns\":{}}", "{\"headerLine\":1,\"columns\":{},\"shoe\":1}",
			"{\"headerLine\":1.5,\"columns\":{}}",
			"{\"headerLine\":1,\"columns\":{\"00\":\"Fname\"}}", "{\"headerLine\":1,\"columns\":[]}"})
	void choiceThatIsNoneIsRefused(String table) {
		Answer answer = preview(STAFF.getBytes(UTF_8), table);
		assertThat(answer.status()).as(answer.text()).isEqualTo(422);
		assertThat(answer.json().path("errors").get(0).path("code").asString()).isEqualTo("invalid");
	}

	@Test
	void choiceThatTheTableDoesNotFitIsRefused() {
		byte[] content = STAFF.getBytes(UTF_8);
		preview(content, "{\"headerLine\":2,\"columns\":{\"0\":\"Fname\"}}").isProblem(422, "missing-column",
				"Username");
		preview(content, "{\"headerLine\":77,\"columns\":{\"0\":\"Fname\"}}").isProblem(422, "no-such-part", "line 77");
		client.table(Map.of("headerLine", "77"), "staff.txt", content).isProblem(422, "no-such-part", "line 77");
		for (String number : List.of("+1", "01", " 1", "1.0", "x"))
			client.table(Map.of("headerLine", number), "staff.txt", content).isProblem(422, "invalid-request");
		assertThat(client.table(Map.of("headerLine", "0x"), "staff.txt", content).json().path("errors").get(0)
				.path("field").asString()).isEqualTo("headerLine");
		assertThat(client.table(Map.of("shoe", "1"), "staff.txt", content).status()).isEqualTo(422);
	}

	@Test
	void textMayBeUtf16AsSpreadsheetsSaveUnicodeText() {
		byte[] content = ("\uFEFF" + STAFF.replace("Maria", "Mar\u00EDa")).getBytes(UTF_16LE);
		JsonNode proposal = client.table(Map.of(), "staff.txt", content).json();
		assertThat(proposal.path("columns").get(0).path("samples").get(0).asString()).isEqualTo("Mar\u00EDa");
	}

	@ParameterizedTest
	@EnumSource
	void hostileWorkbooksAreRefused(HostileWorkbooks kind) {
		byte[] content = kind.bytes();
		Answer answer = client.table(Map.of(), "staff.xlsx", content);
		assertThat(answer.status()).as(kind + ": " + answer.text()).isIn(422, 413);
		assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		assertThat(client.upload(Map.of("action", "add", "dryRun", "true", "table",
				"{\"sheet\":\"Staff\",\"headerLine\":1,\"columns\":{\"0\":\"Fname\"}}"), "staff.xlsx", content,
				Map.of())
				.status()).isIn(422, 413);
	}
}
