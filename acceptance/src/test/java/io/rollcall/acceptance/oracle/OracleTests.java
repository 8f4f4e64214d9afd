package io.rollcall.acceptance.oracle;

import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.rollcall.acceptance.oracle.Outcome.Kind;

import static org.assertj.core.api.Assertions.assertThat;

class OracleTests {
	private static final String AGAWAM = "00050000";

	private final Oracle oracle = new Oracle(Directory.ofTheState());
	private final Row coordinator = Row.of("jo.doe", "Jo", "Doe", "jo@agawam.example", "DTC", AGAWAM, "1030",
			"413-555-0100", "", "1 Main St");

	@Test
	void aRowWithoutFaultMakesAnAccount() {
		assertThat(oracle.add(List.of(coordinator)).outcomes()).containsExactly(Outcome.of(Kind.CREATED));
		assertThat(oracle.account("JO.DOE")).isEqualTo(new Account("jo.doe", "Jo", "Doe", "jo@agawam.example", "DTC",
				Set.of(AGAWAM), Set.of("1030"), "413-555-0100", "", "1 Main St", false));
	}

	@Test
	void theFirstOfTwoWithTheSameUsernameWinsWhateverItsCase() {
		assertThat(oracle.add(List.of(coordinator, coordinator.with(Column.USERNAME, " Jo.Doe "))).outcomes())
				.containsExactly(Outcome.of(Kind.CREATED), Outcome.rejected(List.of(Notes.EXISTS)));
	}

	@Test
	void aRejectedRowTakesNoUsername() {
		assertThat(oracle.add(List.of(coordinator.with(Column.ROLE, "IT"), coordinator)).outcomes())
				.containsExactly(Outcome.rejected(List.of(Notes.ROLE)), Outcome.of(Kind.CREATED));
	}

	@Test
	void aTakenUsernameIsNotedOnlyWhereNothingElseIsWrong() {
		oracle.add(List.of(coordinator));
		assertThat(notesOfAdding(coordinator.with(Column.ROLE, "IT"))).containsExactly(Notes.ROLE);
	}

	@Test
	void theServiceCenterChangesAnAddressAsOftenAsItMust() {
		oracle.add(List.of(coordinator));
		for (int i = 0; i < 6; i++)
			assertThat(oracle.update(List.of(coordinator.with(Column.EMAIL, i + "@agawam.example"))).outcomes())
					.containsExactly(Outcome.of(Kind.UPDATED));
		assertThat(oracle.moves()).isEqualTo(6);
	}

	@Test
	void allNotesOfARowStandInTheOrderOfTheColumns() {
		assertThat(notesOfAdding(Row.of("x", "", "Y", "z", "STC", AGAWAM + "|nowhere", "9", "1", "2", "a".repeat(201))))
				.containsExactly(Notes.USERNAME, Notes.FIRST_NAME, Notes.LAST_NAME, Notes.EMAIL, Notes.ORGANIZATION,
						Notes.PAIRING, Notes.PROGRAM, Notes.PHONE, Notes.FAX, Notes.ADDRESS);
	}

	@ParameterizedTest
	@ValueSource(strings = {"abcd", "a...", "o'brien", "a@b+c_d-e", "0000", "'-abcd"})
	void takesTheUsername(String username) {
		assertThat(notesOfAdding(coordinator.with(Column.USERNAME, username))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "abc", "....", "with blank", "a,bcd", "ab\u0007cd"})
	void refusesTheUsername(String username) {
		assertThat(notesOfAdding(coordinator.with(Column.USERNAME, username))).containsExactly(Notes.USERNAME);
	}

	@Test
	void countsWhatAPersonCounts() {
		assertThat(notesOfAdding(coordinator.with(Column.FNAME, "\uD842\uDFB7".repeat(25)))).isEmpty();
		assertThat(notesOfAdding(
				coordinator.with(Column.USERNAME, "jo.doe2").with(Column.FNAME, " " + "e\u0301".repeat(25) + " ")))
				.isEmpty();
		assertThat(notesOfAdding(coordinator.with(Column.LNAME, "e\u0301"))).containsExactly(Notes.LAST_NAME);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', nullValues = "-", value = {
			"DTC;00050000;-", "DTC;00050000-00050505;Invalid organization and role pairing",
			"STC;00050000-00050505;-", "STC;00050000;Invalid organization and role pairing",
			"TA;00050000;Invalid organization and role pairing", "TC;00050000;-", "TC;00050000-00050505;-",
			"rao;00050000|00350000;-", "TC;00050000|00050000-00050505;Invalid organization and role pairing",
			"IT;00050000|00050000-00050505;Invalid role", "TC;00000000;Invalid organization number",
			"TA;00000000-00010815;-", "TC; 00-771777 | 00-771778 ;-", "TC;00-771779;Invalid organization number"})
	void pairsRolesWithOrganizations(String role, String organizations, @Nullable String note) {
		List<String> notes = notesOfAdding(coordinator.with(Column.ROLE, role).with(Column.ORG, organizations));
		assertThat(notes).isEqualTo(note == null ? List.of() : List.of(note));
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", value = {"00050000,1036,refused", "00-771777,1036,-", "00050000|00-771777,1036|1030,-",
			"00050000,1030|1034,-", "00050000,1035,refused", "00050000,'',-"})
	void allowsProgramsByDistrict(String organizations, String program,
			@Nullable String refused) {
		assertThat(notesOfAdding(coordinator.with(Column.ORG, organizations).with(Column.PROGRAM, program)))
				.isEqualTo(refused == null ? List.of() : List.of(Notes.PROGRAM));
	}

	@ParameterizedTest
	@ValueSource(strings = {"a@b", "a.@b.org", "a@b..org", "é@b.org", "a b@c.org", "a@-b.org", "@b.org", "a@b.org."})
	void refusesTheAddress(String email) {
		assertThat(notesOfAdding(coordinator.with(Column.EMAIL, email))).containsExactly(Notes.EMAIL);
	}

	@Test
	void anAddressMayHaveLinesButNoOtherControl() {
		assertThat(notesOfAdding(coordinator.with(Column.ADDRESS, "1 Main\r\nAgawam"))).isEmpty();
		assertThat(notesOfAdding(coordinator.with(Column.ADDRESS, "1 Main\tAgawam")))
				.containsExactly(Notes.ADDRESS_NOT_TEXT);
	}

	@Test
	void aChangeOfNothingIsUnchangedInAnySpelling() {
		oracle.add(List.of(coordinator));
		Row same = coordinator.with(Column.USERNAME, "JO.DOE").with(Column.ROLE, "dtc").with(Column.FNAME, " Jo ");
		assertThat(oracle.update(List.of(same)).outcomes()).containsExactly(Outcome.of(Kind.UNCHANGED));
	}

	@Test
	void anAbsentColumnLeavesAloneAndABlankOneClears() {
		oracle.add(List.of(coordinator));
		assertThat(oracle.update(List.of(coordinator.without(Column.PHONE).without(Column.PROGRAM))).outcomes())
				.containsExactly(Outcome.of(Kind.UNCHANGED));
		assertThat(oracle.update(List.of(coordinator.with(Column.PHONE, "").with(Column.PROGRAM, " "))).outcomes())
				.containsExactly(Outcome.of(Kind.UPDATED));
		assertThat(oracle.accounts()).singleElement().satisfies(account -> {
			assertThat(account.phone()).isEmpty();
			assertThat(account.programs()).isEmpty();
		});
	}

	@Test
	void anUnknownOrDeactivatedAccountIsNotedInTheUsernamesPlace() {
		assertThat(oracle.update(List.of(coordinator.with(Column.ROLE, "IT"))).outcomes())
				.containsExactly(Outcome.rejected(List.of(Notes.UNKNOWN, Notes.ROLE)));
		oracle.add(List.of(coordinator));
		oracle.deactivate("JO.DOE");
		assertThat(oracle.update(List.of(coordinator.with(Column.FNAME, ""))).outcomes())
				.containsExactly(Outcome.rejected(List.of(Notes.DEACTIVATED, Notes.FIRST_NAME)));
		assertThat(oracle.update(List.of(coordinator.with(Column.USERNAME, "x"))).outcomes())
				.containsExactly(Outcome.rejected(List.of(Notes.USERNAME)));
	}

	@Test
	void theSummaryCountsAndSpeaksAsTheGuideDoes() {
		var mixed = oracle.add(List.of(coordinator, coordinator));
		assertThat(mixed.total()).isEqualTo(2);
		assertThat(mixed.processed()).isEqualTo(1);
		assertThat(mixed.message()).isEqualTo(
				"The uploaded file has been processed with errors, but 1 user(s) have been successfully uploaded. Errors are detailed in attached file.");
		assertThat(oracle.update(List.of(coordinator)).message())
				.isEqualTo("The uploaded file has been processed and 1 user(s) have been successfully uploaded.");
		assertThat(oracle.add(List.of(coordinator)).message())
				.isEqualTo("No users have been uploaded. Errors are detailed in attached file.");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', value = {"=1,'=1", "'=1,''=1", "plain,plain", "'quoted',`'quoted'`", "-,'-",
			"＠x,'＠x"})
	void theMarkAgainstSpreadsheetsComesOffAgain(String cell, String marked) {
		assertThat(Text.withMark(cell)).isEqualTo(marked);
		assertThat(Text.withoutMark(marked)).isEqualTo(cell);
	}

	@Test
	void whatNobodyCanSeeDoesNotCount() {
		oracle.add(
				List.of(coordinator.with(Column.USERNAME, "\u200Bjo.o’d\u00ADoe").with(Column.FNAME, "Jo\u202E\u200D")
						.with(Column.LNAME, "علی\u200Cرضا\u200C").with(Column.ORG, "0005\u20600000 |\u200E00350000")));
		assertThat(oracle.accounts()).singleElement().satisfies(account -> {
			assertThat(account.username()).isEqualTo("jo.o'doe");
			assertThat(account.firstName()).isEqualTo("Jo");
			assertThat(account.lastName()).isEqualTo("علی\u200Cرضا");
			assertThat(account.organizations()).containsExactlyInAnyOrder("00050000", "00350000");
		});
		assertThat(notesOfAdding(coordinator.with(Column.FNAME, "\u3164\u200B").with(Column.LNAME, "Le\uE000e")))
				.containsExactly(Notes.FIRST_NAME, Notes.LAST_NAME_NOT_TEXT);
	}

	private List<String> notesOfAdding(Row row) {
		return oracle.add(List.of(row)).outcomes().getFirst().notes();
	}
}
