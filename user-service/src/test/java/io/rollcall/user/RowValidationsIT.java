package io.rollcall.user;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import tools.jackson.databind.JsonNode;

import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.permission.Role;
import io.rollcall.user.row.Outcome;
import io.rollcall.user.row.Row;
import io.rollcall.user.row.RowService;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.UsersOverHttp;

import static org.assertj.core.api.Assertions.assertThat;

/** Rows judged while somebody corrects them: the same as of a dry run, at once and without a trace. */
class RowValidationsIT extends UsersOverHttp {
	private static final String PATH = "/api/users/row-validations";

	@Autowired
	private RowService rows;

	@SafeVarargs
	private Answer validate(String token, String action, Map<String, String>... rows) {
		return call(HttpMethod.POST, PATH, token,
				Map.of("action", action, "rows", Arrays.stream(rows).map(it -> Map.of("cells", it)).toList()));
	}

	@SafeVarargs
	private List<String> judged(String token, String action, Map<String, String>... rows) {
		Answer answer = validate(token, action, rows);
		assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
		return answer.body().get("results").valueStream().map(RowValidationsIT::text).toList();
	}

	/** As {@code rejected role-unknown}; warnings in brackets. */
	private static String text(JsonNode result) {
		List<String> words = new ArrayList<>(List.of(result.get("outcome").asString()));
		result.get("notes").forEach(note -> words.add(note.get("code").asString()));
		result.get("changes").forEach(change -> words.add(change.get("field").asString() + " "
				+ change.get("before").asString() + ">" + change.get("after").asString()));
		result.get("warnings").forEach(warning -> words.add("(" + warning.get("code").asString() + ")"));
		return String.join(" ", words);
	}

	private static Map<String, String> row(String username, String... changes) {
		Map<String, String> row = Fixtures.cells(changes);
		row.put("Username", username);
		if (!List.of(changes).contains("Email")) row.put("Email", username.strip() + "@agawam.example");
		return row;
	}

	private String stored(String prefix) {
		String username = username(prefix);
		id(create(serviceCenterToken, form(username, "firstName", "María", "lastName", "Okafor")));
		return username;
	}

	@Test
	void rowsOfAFileAreJudgedTogetherInItsOrder() {
		String username = username("new");
		String taken = stored("taken");
		assertThat(judged(serviceCenterToken, "add", row(username, "Role", "Teacher"), row(username.toUpperCase()),
				row(username), row(taken), row("x", "Org", "nowhere", "Phone", "1"))).containsExactly(
						"rejected role-unknown", "created", "rejected username-taken", "rejected username-taken",
						"rejected username-format organization-unknown phone-format");
		assertThat(judged(serviceCenterToken, "update",
				Map.of("Username", taken.toUpperCase(), "Phone", "413-555-0101"),
				Map.of("Username", taken), Map.of("Username", username), Map.of("Username", " " + taken + "\u200B"),
				Map.of("Fname", "Ann"), Map.of("Lname", "Lee")))
				.containsExactly("updated phone >413-555-0101", "rejected username-repeated", "rejected user-unknown",
						"rejected username-repeated", "rejected username-format", "rejected username-format");
	}

	@Test
	void cellsMeanWhatTheyMeanInAFile() {
		String there = stored("cells");
		String org = Fixtures.DOERING.code();
		assertThat(judged(serviceCenterToken, "add", row(username("kept"), "Org", " =\"" + org + "\"")))
				.containsExactly("created");
		assertThat(judged(serviceCenterToken, "update", Map.of("Username", there, "Fname", " (unchanged) ", "Phone",
				"=\"(unchanged)\"", "Address", "=\"1 Main Street\""), Map.of("Username", "(unchanged)")))
				.containsExactly("updated address >1 Main Street", "rejected username-format");
	}

	/** The mark before a formula is taken off when a file is read, and rows are asked about as they were read. */
	@Test
	void markBeforeAFormulaIsPartOfACellThatWasRead() {
		assertThat(
				judged(serviceCenterToken, "update", Map.of("Username", stored("cells"), "Address", "'=1 Main Street")))
				.containsExactly("updated address >'=1 Main Street");
	}

	/** Whatever the rules say, they are the same: here and for the commands of a dry run. */
	@Test
	void answersAreThoseOfADryRun() {
		UUID importId = UUID.randomUUID();
		String there = stored("there");
		String token = coordinator(Role.DTC, Fixtures.AGAWAM.code());
		UUID uploader = UUID.fromString(call(HttpMethod.GET, "/api/me", token, null).body().get("id").asString());
		for (Row.Kind kind : Row.Kind.values()) {
			List<Map<String, String>> cells = new ArrayList<>();
			for (String role : List.of("TA", "stc", "DTC", "SC", "King", "ſTC"))
				for (String org : List.of(Fixtures.DOERING.code(), "00050000", Fixtures.BOSTON_LATIN.code(), "nowhere",
						""))
					for (String phone : List.of("", "413-555-0101", "(413) 555-0101"))
						cells.add(row(kind == Row.Kind.ADD ? username("any") : there, "Role", role, "Org", org, "Phone",
								phone,
								"Lname", "Lee"));
			List<Outcome> expected = new ArrayList<>();
			for (Map<String, String> row : cells) {
				var command = new Row(kind, importId + "/1", importId, 1, Draft.ofCells(row), uploader, true, List.of(),
						null, Instant.now());
				expected.add(rows.decide(List.of(command)).get(command.commandId()));
			}
			List<String> judged = new ArrayList<>();
			for (Map<String, String> row : cells)
				judged.addAll(judged(token, kind.name().toLowerCase(), row));
			assertThat(judged).isEqualTo(expected.stream().map(RowValidationsIT::text).toList());
			assertThat(Set.copyOf(judged)).as("they are not all the same").hasSizeGreaterThan(5);
		}
	}

	private static String text(Outcome outcome) {
		return switch (outcome) {
			case Outcome.Created _ -> "created";
			case Outcome.Unchanged _ -> "unchanged";
			case Outcome.Deactivated _ -> throw new IllegalStateException("an undo");
			case Outcome.Updated it -> "updated " + String.join(" ", it.changes().stream()
					.map(change -> change.field().id() + " " + change.before() + ">" + change.after()).toList());
			case Outcome.Rejected(List<Fault> faults) ->
				"rejected " + String.join(" ", faults.stream().map(Fault::code).toList());
		};
	}

	@Test
	void warningsStandBesideAndWhoIsOutOfSightInNone() {
		String there = stored("there");
		Map<String, String> again = row(username("again"), "Email", there + "@agawam.example", "Org",
				Fixtures.DOERING.code());
		assertThat(judged(coordinator(Role.DTC, Fixtures.AGAWAM.code()), "add", again, row("1-Mar", "Fname", "RenŽe")))
				.containsExactly("created (user-under-other-username)",
						"created (username-of-spreadsheet) (first-name-misread)");
		again.put("Org", Fixtures.BOSTON_LATIN.code());
		assertThat(judged(coordinator(Role.DTC, Fixtures.BOSTON.code()), "add", again)).containsExactly("created");
		assertThat(accounts().find(new Document("_id", "1-mar")).first()).isNull();
	}

	@Test
	void nothingIsLeftBehind() {
		String there = stored("there");
		Document before = account(there);
		long accounts = accounts().countDocuments();
		var decisions = mongo.getDatabase("rollcall-users").getCollection("row-decisions");
		long decided = decisions.countDocuments();
		judged(serviceCenterToken, "update", Map.of("Username", there, "Email", "other@agawam.example"));
		judged(serviceCenterToken, "add", row(username("new")), row(there), row("x"));
		assertThat(account(there)).isEqualTo(before);
		assertThat(accounts().countDocuments()).isEqualTo(accounts);
		assertThat(decisions.countDocuments()).isEqualTo(decided);
	}

	/** Without what its creation still owes the topics. */
	private Document account(String username) {
		Document account = accounts().find(new Document("_id", username)).first();
		assertThat(account).isNotNull();
		account.remove("outbox");
		return account;
	}

	@Test
	void withoutTheDirectoryNothingIsRejected() {
		String code = "77%06d".formatted(System.nanoTime() % 1_000_000);
		DIRECTORY.stopAnswering();
		try {
			Answer away = validate(serviceCenterToken, "add", row(username("new"), "Org", code));
			assertThat(away.status()).isEqualTo(503);
			assertThat(away.body().get("code").asString()).isEqualTo("unavailable");
		} finally {
			DIRECTORY.answerAgain();
		}
		assertThat(judged(serviceCenterToken, "add", row(username("new"), "Org", code)))
				.containsExactly("rejected organization-unknown");
	}

	@Test
	void whatIsNoListOfRowsIsRefusedWithWhereItIs() {
		assertThat(refused(Map.of("action", "delete", "rows", List.of()))).isEqualTo("422 action, rows");
		assertThat(refused(Map.of())).isEqualTo("422 action, rows");
		assertThat(refused(Map.of("action", "add"))).isEqualTo("422 rows");
		assertThat(refused(Map.of("action", "add", "rows", Collections.nCopies(201, Map.of("cells", Map.of())))))
				.isEqualTo("422 rows");
		assertThat(refused(Map.of("action", "add", "rows", List.of(Map.of("cells", Map.of()), Map.of()))))
				.isEqualTo("422 rows[1].cells");
		assertThat(refused(Map.of("action", "add", "rows",
				List.of(Map.of("cells", Map.of("Address", "x".repeat(10_001)))))))
				.isEqualTo("422 rows[0].cells.Address");
		assertThat(refused(Map.of("action", "add", "rows", List.of(Map.of("cells", Map.of("School", "Doering"))))))
				.isEqualTo("400 rows[0].cells.School");
		assertThat(refused(Map.of("action", "add", "rows", List.of(Map.of("cells", Map.of("Role", List.of()))))))
				.isEqualTo("400 rows[0].cells.Role");
		assertThat(validate(serviceCenterToken, "add", Map.of()).status()).as("a row of nothing").isEqualTo(200);
	}

	private String refused(Map<String, ?> request) {
		Answer answer = call(HttpMethod.POST, PATH, serviceCenterToken, request);
		return answer.status() + " " + String.join(", ",
				answer.body().get("errors").valueStream().map(it -> it.get("field").asString()).toList());
	}
}
