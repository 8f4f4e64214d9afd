package io.rollcall.imports.web;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

import io.rollcall.imports.testing.Client;
import io.rollcall.imports.testing.Client.Answer;
import io.rollcall.imports.testing.ReferencePlayer;
import io.rollcall.imports.testing.ReferencePlayer.Compared;
import io.rollcall.imports.testing.UserServicePlayer;
import io.rollcall.imports.testing.WholeService;
import io.rollcall.testing.Backends;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Lists of all staff: kept, asked about, and made previews. What user-service says of them is played. */
class ComparisonsIT extends WholeService {
	private static final String SCHOOL = "00050000-00050303";
	private static final String LEE = "c0ffee00-1111-4222-8333-444455556667";

	@LocalServerPort
	int port;

	private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());
	private Client client;

	@BeforeEach
	void prepare() {
		client = new Client(port, Backends.issuer().signedIn(UUID.randomUUID(), "00050000"));
		UserServicePlayer.playing();
		says(false);
	}

	@AfterEach
	void letNobodyElseBeCompared() {
		ReferencePlayer.playing().compares(_ -> new Compared(503, Map.of()));
	}

	private static Map<String, Object> lee() {
		return named("jo.lee");
	}

	private static Map<String, Object> named(String username) {
		return Map.of("userId", LEE, "username", username, "firstName", "Jo", "lastName", "Lee", "email",
				"jo@a.example", "role", "TA", "organizations", List.of(SCHOOL));
	}

	/** Of each row what its username begins with, up to a dot. */
	private void says(boolean held) {
		ReferencePlayer.playing().compares(question -> {
			asked.add(question);
			List<Object> records = new ArrayList<>();
			for (JsonNode row : question.path("rows")) {
				String group = row.at("/cells/Username").asString().split("\\.")[0];
				Map<String, Object> record = new LinkedHashMap<>(
						Map.of("group", group, "changes", List.of(), "notes", List.of(), "warnings", List.of()));
				if (!group.equals("new") && !group.equals("rejected")) record.put("account", lee());
				records.add(record);
			}
			return new Compared(200, Map.of("people", 40, "affected", 34, "held", held, "records", records, "left",
					List.of(lee()), "kept", List.of()));
		});
	}

	private Answer compare(String... usernames) {
		return client.compare(List.of(SCHOOL), Map.of(), "staff.csv", Client.file(usernames).getBytes(UTF_8));
	}

	private static String path(Answer compared) {
		assertThat(compared.status()).as(compared.text()).isEqualTo(201);
		return compared.header("Location");
	}

	@Test
	void listIsKeptAndAskedAboutWheneverSomebodyLooks() {
		Answer compared = compare("new.a", "same.b", "changed.c");
		JsonNode first = compared.json();
		assertThat(first.path("records").valueStream().map(it -> it.path("group").asString())).containsExactly("new",
				"same", "changed");
		assertThat(first.at("/records/0/cells/Username").asString()).isEqualTo("new.a");
		assertThat(first.at("/records/1").has("cells")).isFalse();
		assertThat(first.at("/left/0/username").asString()).isEqualTo("jo.lee");
		assertThat(asked.getFirst().path("organizations").toString()).isEqualTo("[\"" + SCHOOL + "\"]");
		ReferencePlayer.playing().compares(ReferencePlayer::allNew);
		assertThat(client.get(path(compared)).json().path("left")).isEmpty();
	}

	@Test
	void whatSomebodySaidOfAPairIsAskedAlong() {
		String path = path(compare("probable.a", "probable.b", "new.c"));
		Map<String, Object> first = Map.of("recordNumber", 1, "userId", LEE, "same", true);
		Map<String, Object> second = Map.of("recordNumber", 2, "userId", LEE, "same", false);
		assertThat(client.send("PATCH", path, Map.of("decisions", List.of(first, second))).status()).isEqualTo(204);
		client.get(path);
		assertThat(asked.getLast().at("/rows/0/is").asString()).isEqualTo(LEE);
		assertThat(asked.getLast().at("/rows/1/isNot/0").asString()).isEqualTo(LEE);
		client.send("PATCH", path, Map.of("decisions", List.of(Map.of("recordNumber", 1, "userId", LEE))));
		client.get(path);
		assertThat(asked.getLast().at("/rows/0/is").isNull()).isTrue();
		assertThat(asked.getLast().at("/rows/1/isNot/0").asString()).isEqualTo(LEE);

		for (Map<String, ?> wrong : List.of(Map.of("recordNumber", 4, "userId", LEE), Map.of("recordNumber", 1),
				Map.of("userId", LEE))) {
			client.send("PATCH", path, Map.of("decisions", List.of(second, wrong))).isProblem(422, "invalid-request");
		}
		String other = LEE.replace("7", "8");
		client.send("PATCH", path, Map.of("decisions", List.of(first)));
		client.send("PATCH", path,
				Map.of("decisions", List.of(Map.of("recordNumber", 1, "userId", other, "same", true))));
		client.get(path);
		assertThat(asked.getLast().at("/rows/0/is").asString()).as("a record is for one").isEqualTo(other);
		client.send("PATCH", path, Map.of("decisions", List.of(first,
				Map.of("recordNumber", 1, "userId", other, "same", true)))).isProblem(422, "invalid-request",
						"Record 1 is for one account.");
		client.send("PATCH", path, Map.of("decisions", List.of(second, second))).isProblem(422, "invalid-request",
				"Record 2 and this account must be given once.");
	}

	@Test
	void whatItAddsAndChangesIsPreviewed() {
		String path = path(
				compare("new.a", "same.b", "changed.c", "rejected.d", "moved.e", "probable.f", "returned.g"));
		Answer previewed = client.send("POST", path + "/previews", Map.of());
		assertThat(previewed.status()).as(previewed.text()).isEqualTo(200);
		List<JsonNode> previews = previewed.json().path("previews").valueStream().map(client::completed).toList();
		assertThat(previews).extracting(it -> it.path("action").asString()).containsExactly("add", "update");
		assertThat(previews).extracting(it -> it.path("dryRun").asBoolean()).containsOnly(true);
		assertThat(usernames(previews.getFirst())).containsExactly("new.a", "rejected.d");
		assertThat(usernames(previews.getLast())).as("of the account").containsExactly("jo.lee", "jo.lee");
	}

	private List<String> usernames(JsonNode preview) {
		return client.get("/api/imports/" + preview.path("id").asString() + "/rows").json().path("items").valueStream()
				.map(it -> it.at("/cells/Username").asString()).toList();
	}

	@Test
	void longListIsPreviewedInFilesOfTheUsualSizeAndOnceWithAKey() {
		String path = path(compare(IntStream.range(0, 450).mapToObj(i -> "new.p" + i).toArray(String[]::new)));
		var request = client.request(path + "/previews").header("Content-Type", "application/json")
				.header("Idempotency-Key", "once")
				.method("POST", BodyPublishers.ofString("{}"));
		List<String> previews = ids(client.send(request));
		assertThat(previews).hasSize(3);
		assertThat(ids(client.send(request))).isEqualTo(previews);
		assertThat(client.get("/api/imports/" + previews.getLast()).json().path("total").asInt()).isEqualTo(50);
	}

	private static List<String> ids(Answer previewed) {
		return previewed.json().path("previews").valueStream().map(it -> it.path("id").asString()).toList();
	}

	/** Written anew it would be another record: what was too much is joined to its last cell. */
	@Test
	void whatTheFileRejectsIsInNoPreviewAndNobodysAccountIsBehindIt() {
		String header = Client.HEADER + ",Address\r\n";
		String row = ",Maria,Okafor,m@a.example,TA," + SCHOOL + ",12 Main St, Springfield\r\n";
		Answer compared = client.compare(List.of(SCHOOL), Map.of(), "staff.csv",
				(header + "new.a" + row + "probable.b" + row + "changed.c" + row).getBytes(UTF_8));
		assertThat(compared.json().path("records").valueStream().map(it -> it.path("group").asString()))
				.as("a pair is asked about first").containsExactly("rejected", "probable", "rejected");
		client.send("POST", path(compared) + "/previews", Map.of()).isProblem(409, "nothing-to-preview");
	}

	@Test
	void keyOfOneRequestIsThatOfAnotherWhenTheListSaysSomethingElse() {
		String path = path(compare("new.a"));
		var request = client.request(path + "/previews").header("Content-Type", "application/json")
				.header("Idempotency-Key", "again").method("POST", BodyPublishers.ofString("{}"));
		List<String> added = ids(client.send(request));
		ReferencePlayer.playing().compares(question -> {
			Object row = Map.of("group", "changed", "account", named("new.a"), "changes", List.of(), "notes", List.of(),
					"warnings", List.of());
			return new Compared(200, Map.of("people", 1, "affected", 0, "held", false, "records", List.of(row), "left",
					List.of(), "kept", List.of()));
		});
		assertThat(ids(client.send(request))).as("the same bytes to be updated").hasSize(1).isNotEqualTo(added);
	}

	@Test
	void whatWouldChangeOrLoseManyIsHeldUntilTheNumberIsSaid() {
		says(true);
		String path = path(compare("new.a"));
		for (Map<String, Object> wrong : List.of(Map.<String, Object>of(), Map.<String, Object>of("confirmed", 33),
				Map.<String, Object>of("confirmed", 0))) {
			client.send("POST", path + "/previews", wrong).isProblem(422, "confirmation-required", "34 people");
		}
		assertThat(ids(client.send("POST", path + "/previews", Map.of("confirmed", 34)))).hasSize(1);
		says(false);
		client.send("POST", path(compare("same.a", "returned.b")) + "/previews", Map.of()).isProblem(409,
				"nothing-to-preview");
	}

	@Test
	void fileIsReadAsAnUploadIs() {
		compare().isProblem(422, "no-records");
		client.compare(List.of(SCHOOL), Map.of(), "staff.txt", "a\tb".getBytes(UTF_16LE)).isProblem(422, "not-csv");
		client.compare(List.of(), Map.of(), "staff.csv", Client.file("new.a").getBytes(UTF_8)).isProblem(422,
				"invalid-request", "1 to 100 organizations");
		client.compare(List.of(SCHOOL), Map.of("action", "add"), "staff.csv", Client.file("new.a").getBytes(UTF_8))
				.isProblem(422, "invalid-request");
		compare(IntStream.range(0, 10_001).mapToObj(i -> "new.p" + i).toArray(String[]::new)).isProblem(422,
				"too-many-records", "10,000");
		String table = "{\"headerLine\":1,\"columns\":{\"0\":\"Username+Email\",\"1\":\"Fname+Lname\",\"2\":\"Role\",\"3\":\"Org\"}}";
		Answer read = client.compare(List.of(SCHOOL), Map.of("table", table), "staff.txt",
				("E-mail\tName\tRole\tSchool\nnew.jo@a.example\tJo Ray\tTA\t" + SCHOOL + "\n").getBytes(UTF_8));
		assertThat(read.json().at("/records/0/cells/Lname").asString()).isEqualTo("Ray");
		assertThat(client.get(read.header("Location")).json().at("/records/0/cells/Fname").asString()).isEqualTo("Jo");
		String whole = "E-mail\tName\tRole\tSchool\n" + "new.jo@a.example\tJo Ray\tTA\tx\n".repeat(1_300);
		JsonNode proposal = client.table(Map.of(), "staff.txt", whole.getBytes(UTF_8)).json();
		assertThat(proposal.path("records").asInt()).as("a list to be compared may be long").isEqualTo(1_300);
		assertThat(client.compare(List.of(SCHOOL), Map.of("table", table), "staff.txt", whole.getBytes(UTF_8)).json()
				.path("records")).hasSize(1_300);
		client.upload(Map.of("action", "add", "dryRun", "true", "table", table), "staff.txt", whole.getBytes(UTF_8),
				Map.of()).isProblem(422, "too-many-records", "1,300", "200");
		Answer surplus = client.compare(List.of(SCHOOL), Map.of(), "staff.csv",
				(Client.file("same.a").strip() + ",one,more\r\n").getBytes(UTF_8));
		assertThat(surplus.json().at("/records/0/notes/0/code").asString()).isEqualTo("record-surplus");
		assertThat(asked.getLast().at("/rows/0/cells/Username").asString()).as("she is in the list all the same")
				.isEqualTo("same.a");
	}

	@Test
	void whatUserServiceRefusesIsSaidInItsWords() {
		ReferencePlayer.playing().compares(_ -> new Compared(422, Map.of("detail", "It is not yours.", "errors",
				List.of(Map.of("field", "organizations", "code", "organization-not-own")))));
		compare("new.a").isProblem(422, "invalid-request", "It is not yours.");
		ReferencePlayer.playing().compares(_ -> new Compared(429, Map.of()));
		compare("new.a").isProblem(429, "row-allowance");
		ReferencePlayer.playing().compares(_ -> new Compared(422, Map.of("detail", "Something else")));
		assertThat(compare("new.a").status()).isEqualTo(503);
	}
}
