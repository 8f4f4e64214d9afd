package io.rollcall.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import io.rollcall.acceptance.oracle.Csv;
import io.rollcall.acceptance.oracle.Notes;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.Imports.ImportState;
import io.rollcall.acceptance.system.Inbox;
import io.rollcall.acceptance.system.Inbox.Mail;
import io.rollcall.acceptance.system.RunningSystem;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Small files of the kinds that people really send, byte for byte ({@code resources/cases}); a coordinator of Agawam uploads them. Two
 * that are for the same people are told apart by a preview of the one before the other is uploaded.
 */
class CasesIT {
	private static final RunningSystem SYSTEM = RunningSystem.shared();
	private static final Imports COORDINATOR = SYSTEM.coordinatorOf("00050000");
	private static final String CREATED = "created";

	private static byte[] file(String name) {
		try (var file = Objects.requireNonNull(CasesIT.class.getResourceAsStream("/cases/" + name + ".csv"), name)) {
			return file.readAllBytes();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static ImportState add(String name) {
		return COORDINATOR.run(name + ".csv", file(name), "add");
	}

	private static ImportState preview(String name) {
		return COORDINATOR.preview(name + ".csv", file(name), "add");
	}

	private static List<JsonNode> rows(ImportState state) {
		return Imports.json(COORDINATOR.get("/api/imports/" + state.id() + "/rows")).path("items").valueStream()
				.toList();
	}

	/** As {@code created}, or {@code rejected: } with the notes as the error file has them. */
	private static List<String> outcomes(ImportState state) {
		return rows(state).stream().map(row -> {
			List<String> notes = row.path("notes").valueStream().map(note -> note.path("message").asString()).toList();
			return row.path("outcome").asString() + (notes.isEmpty() ? "" : ": " + String.join("; ", notes));
		}).toList();
	}

	/** The codes of each row's warnings. */
	private static List<List<String>> warnings(ImportState state) {
		return rows(state).stream()
				.map(row -> row.path("warnings").valueStream().map(it -> it.path("code").asString()).toList()).toList();
	}

	private static int warned(ImportState state) {
		return Imports.json(COORDINATOR.get("/api/imports/" + state.id())).path("warned").asInt();
	}

	private static String rejected(String note) {
		return "rejected: " + note;
	}

	private static List<String> accounts(ImportState state) {
		return rows(state).stream().map(row -> row.path("userId").asString("")).filter(id -> !id.isEmpty()).toList();
	}

	/** The accounts that an import made or changed, in its order, with the template's columns. */
	private static List<List<String>> exported(ImportState state) {
		List<List<String>> lines = Csv.read(new String(export(state), UTF_8));
		List<String> usernames = rows(state).stream().filter(row -> row.path("userId").isString())
				.map(row -> row.path("cells").path("Username").asString()).toList();
		return usernames.stream().map(username -> lines.stream()
				.filter(line -> username.startsWith(line.getFirst())).findFirst().orElseThrow()).toList(); // blanks may follow
	}

	private static byte[] export(ImportState state) {
		return COORDINATOR.post("/api/users/exports", Map.of("userIds", accounts(state))).body();
	}

	private static List<String> found(String search) {
		return Imports.json(COORDINATOR.get("/api/users?search=" + search)).path("items").valueStream()
				.map(user -> user.path("username").asString()).toList();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			01-mixed-encodings | two encodings | Record 2 (line 3)
			07a-version-line | The first line must name the columns | version:v1.0
			07c-title-lines | The first line must name the columns | Agawam staff list 2025-26
			""")
	void isRefusedInWordsThatNameWhatAndWhere(String name, String what, String where) {
		HttpResponse<byte[]> answer = COORDINATOR.post(name + ".csv", file(name), "add");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(Imports.json(answer).path("detail").asString()).contains(what, where).doesNotContain(Notes.NOT_CSV);
		assertThat(Stream.of("quintana", "brandt", "chris").map(CasesIT::found)).allMatch(List::isEmpty);
	}

	@Test
	void windows1252IsReadAsWhatItIs() {
		ImportState state = add("01c-plain-windows-1252");
		assertThat(outcomes(state)).containsExactly(CREATED);
		assertThat(exported(state).getFirst()).containsSubsequence("Bj\u00F6rn", "\u00C5keson",
				"10 \u2013 12 Elm \u201COld\u201D St");
	}

	@Test
	void macintoshIsCreatedAsItReadsAndWarnedOf() {
		List<String> names = List.of("first-name-misread", "last-name-misread");
		ImportState preview = preview("02-macintosh");
		assertThat(warnings(preview)).containsExactly(names, names);
		assertThat(warned(preview)).isEqualTo(2);
		ImportState state = add("02-macintosh");
		assertThat(outcomes(state)).containsExactly(CREATED, CREATED);
		assertThat(warnings(state)).containsExactly(names, names);
	}

	@Test
	void whatNobodyCanSeeIsTakenOut() {
		ImportState state = add("03-invisible-inside");
		assertThat(outcomes(state)).hasSize(5).containsOnly(CREATED);
		assertThat(Csv.read(new String(export(state), UTF_8)).toString()).doesNotContain("\u00AD", "\u2060")
				.contains("kofi.asare@agawam.example", "Vera, Lindqvist", "omar.belkacem@agawam.example");
		assertThat(found("vera")).contains("vera.lindqvist@agawam.example");
		assertThat(found("lindqvist")).contains("vera.lindqvist@agawam.example");
		assertThat(found("vera%20lindqvist")).containsExactly("vera.lindqvist@agawam.example");
	}

	@Test
	void spreadsheetsNumbersAreUsernamesIfTheyMust() {
		ImportState state = add("04-spreadsheet-ids");
		assertThat(outcomes(state)).containsExactly(CREATED, CREATED, rejected(Notes.EXISTS), CREATED,
				rejected(Notes.USERNAME));
		List<String> username = List.of("username-of-spreadsheet");
		assertThat(warnings(state)).containsExactly(username, username, List.of(), username, List.of());
		assertThat(warned(state)).isEqualTo(3);
		assertThat(new String(COORDINATOR.errors(state.id()), UTF_8)).doesNotContain("spreadsheet");
	}

	@Test
	void commaTooManyRejectsItsRecordAlone() {
		assertThat(outcomes(preview("05b-trailing-commas"))).containsExactly(CREATED);
		ImportState state = add("05-extra-comma");
		assertThat(outcomes(state)).containsExactly(CREATED, rejected(Notes.SURPLUS), CREATED);
		assertThat(rows(state).get(1).path("cells").path("Address").asString()).isEqualTo("6 Mill Lane, Agawam");
		assertThat(new String(COORDINATOR.errors(state.id()), UTF_8)).endsWith(
				"dov.adler@agawam.example,TA,00050000-00050303,1030,413-555-0132,,\"6 Mill Lane, Agawam\","
						+ Notes.SURPLUS
						+ "\r\n");
		assertThat(outcomes(add("05b-trailing-commas"))).as("she is there by now")
				.containsExactly(rejected(Notes.EXISTS));
	}

	@Test
	void whatShortRecordsLackStaysAsItIs() {
		List<List<String>> before = exported(add("06a-first-add"));
		ImportState state = COORDINATOR.run("06b.csv", file("06b-then-update-short-rows"), "update");
		assertThat(outcomes(state)).containsExactly("updated", rejected(Notes.PROGRAM));
		var gil = new ArrayList<>(before.getFirst());
		gil.set(2, "Soto-Marsh");
		assertThat(exported(state)).containsExactly(gil);

		String corrected = new String(COORDINATOR.errors(state.id()), UTF_8).replace(",10,", ",1034,");
		ImportState again = COORDINATOR.run("06b-errors.csv", corrected.getBytes(UTF_8), "update");
		assertThat(outcomes(again)).containsExactly("updated");
		var uma = new ArrayList<>(before.get(1));
		uma.set(6, "1034");
		assertThat(exported(again)).as("the error file, corrected, clears nothing").containsExactly(uma);
	}

	@Test
	void filesThatWerePutTogetherAreOne() {
		ImportState plain = preview("08b-concatenated-plain");
		assertThat(plain.total()).isEqualTo(3);
		assertThat(outcomes(plain)).startsWith(CREATED, CREATED).last().asString().startsWith(rejected(Notes.USERNAME));
		ImportState quoted = add("08a-concatenated-quoted");
		assertThat(quoted.total()).isEqualTo(2);
		assertThat(outcomes(quoted)).containsExactly(CREATED, CREATED);
	}

	@Test
	void formulaKeepsItsZeros() {
		ImportState state = add("09b-formula-keeps-zeros-quoted");
		assertThat(outcomes(state)).containsExactly(CREATED);
		assertThat(exported(state).getFirst()).containsSubsequence("DTC", "00050000", "1030");
	}

	@Test
	void apostrophesComeBackAsTheyWent() {
		ImportState state = add("10-apostrophes");
		assertThat(outcomes(state)).containsExactly(CREATED, CREATED, CREATED, CREATED, rejected(Notes.USERNAME));
		SYSTEM.awaitRest();
		long newest = SYSTEM.inbox().newest();
		assertThat(outcomes(COORDINATOR.run("users.csv", export(state), "update"))).hasSize(4)
				.containsOnly("unchanged");
		byte[] errors = COORDINATOR.errors(state.id());
		ImportState again = COORDINATOR.run("errors.csv", errors, "add");
		assertThat(outcomes(again)).containsExactly(rejected(Notes.USERNAME));
		assertThat(COORDINATOR.errors(again.id())).isEqualTo(errors);
		SYSTEM.awaitRest();
		assertThat(SYSTEM.inbox().linesAfter(newest)).extracting(Inbox.Line::recipient).isEmpty();
	}

	@Test
	void lineASchoolIsNotedWithTheSchoolsJoined() {
		assertThat(outcomes(add("12-one-row-per-school"))).containsExactly(CREATED, rejected(Notes.EXISTS),
				rejected(Notes.EXISTS));
		ImportState state = COORDINATOR.run("12.csv", file("12-one-row-per-school"), "update");
		assertThat(outcomes(state)).containsExactly("unchanged", rejected(Notes.REPEATED), rejected(Notes.REPEATED));
		assertThat(rows(state).subList(1, 3)).allSatisfy(row -> assertThat(row.path("suggestions").path(0).path("value")
				.asString()).isEqualTo("00050000-00050303|00050000-00050405|00050000-00050505"));
	}

	@Test
	void namesAreNamesInMails() {
		SYSTEM.awaitRest();
		long newest = SYSTEM.inbox().newest();
		ImportState state = add("19-names-in-headers");
		assertThat(outcomes(state)).hasSize(5).containsOnly(CREATED);
		SYSTEM.awaitMails(newest, 20);
		SYSTEM.awaitRest();
		List<Mail> mails = SYSTEM.inbox().after(newest);
		assertThat(mails).hasSize(20);
		assertThat(mails.stream().map(Mail::recipient).distinct()).hasSize(5)
				.allMatch(recipient -> recipient.endsWith("@agawam.example"));
		assertThat(mails).allSatisfy(mail -> assertThat(mail.source()).doesNotContain("\nCc:", "\nBcc:"));
	}

	@Test
	void blanksOfAllKindsAreBlanks() {
		ImportState state = add("26-nbsp-header");
		assertThat(outcomes(state)).containsExactly(CREATED);
		assertThat(exported(state).getFirst()).containsExactly("hana.sato@agawam.example", "Hana\u00A0Marie", "Sato",
				"hana.sato@agawam.example", "TA", "00050000-00050303|00050000-00050405", "", "", "", "");
		assertThat(found("hana%20marie")).containsExactly("hana.sato@agawam.example");
	}

	@Test
	void whatOnlyLooksLikeALetterIsNone() {
		assertThat(outcomes(add("34-lookalikes"))).containsExactly(rejected(Notes.USERNAME), rejected(Notes.USERNAME),
				rejected(Notes.ROLE), rejected(Notes.ROLE), rejected(Notes.EMAIL));
	}
}
