package io.rollcall.user.account.profile;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.profile.FieldRules.Judgement;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Fixtures;

import static io.rollcall.user.account.profile.Fault.*;
import static io.rollcall.user.testing.Fixtures.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FieldRulesTests {
	private static final Predicate<EmailAddress> SELDOM = _ -> false;
	private static final Predicate<EmailAddress> TOO_OFTEN = _ -> true;
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
	private final FieldRules rules = new FieldRules(PROGRAMS);
	private final CredentialIssuer issuer = new CredentialIssuer(new CredentialIssuer.Settings(Duration.ofHours(72)));

	private List<Fault> newRow(Actor actor, String... changes) {
		return faults(rules.judgeNew(draft(changes), actor, DIRECTORY));
	}

	private static List<Fault> faults(Judgement judgement) {
		return switch (judgement) {
			case Judgement.Sound _ -> List.of();
			case Judgement.Faulty(List<Fault> faults) -> faults;
		};
	}

	private Account account(Role role, Organization... organizations) {
		var profile = new Profile(new Username("maria.okafor@agawam.example"), new FirstName("María"),
				new LastName("Okafor"), new EmailAddress("maria.okafor@agawam.example"), role, List.of(organizations),
				List.of(), Map.of(Field.PHONE, "413-555-0123"));
		return Account.create(profile, issuer.issue(NOW), new Origin.System("test"), NOW);
	}

	@Test
	void rowOfTheTemplateIsSound() {
		Judgement judgement = rules.judgeNew(draft("Phone", "413-555-0123", "Program", " 1030 | 1034 "),
				serviceCenter(),
				DIRECTORY);
		assertThat(judgement).isInstanceOfSatisfying(Judgement.Sound.class, sound -> {
			assertThat(sound.profile().organizations()).containsExactly(DOERING);
			assertThat(sound.profile().programs()).containsExactly("1030", "1034");
		});
	}

	@Test
	void allFaultsAreFoundInTheOrderOfTheColumns() {
		assertThat(newRow(serviceCenter(), "Username", "a b", "Fname", "", "Lname", "X", "Email", "no", "Role", "IT",
				"Org", "nowhere", "Program", "9", "Phone", "1", "Fax", "1", "Address", "x".repeat(201)))
				.containsExactly(USERNAME_FORMAT, FIRST_NAME_LENGTH, LAST_NAME_LENGTH, EMAIL_FORMAT,
						ROLE_UNKNOWN, ORGANIZATION_UNKNOWN, PROGRAM_NOT_ALLOWED, PHONE_FORMAT, FAX_FORMAT,
						ADDRESS_LENGTH);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"abc;false", "abcd;true", "....;false", "a...;true", "o'neil@x;true",
			"a+b_c-d.e@f'g;true", "abc d;false", "josé;false", "ab#cd;false"})
	void usernameHasFourToFiftyOfItsCharacters(String username, boolean sound) {
		assertThat(newRow(serviceCenter(), "Username", username))
				.isEqualTo(sound ? List.of() : List.of(USERNAME_FORMAT));
		assertThat(newRow(serviceCenter(), "Username", "a".repeat(50))).isEmpty();
		assertThat(newRow(serviceCenter(), "Username", "a".repeat(51))).containsExactly(USERNAME_FORMAT);
	}

	@Test
	void namesAreCountedAsPeopleCountThem() {
		// five letters a person sees, each of two code points when decomposed
		assertThat(newRow(serviceCenter(), "Fname", "e\u0301".repeat(25))).isEmpty();
		assertThat(newRow(serviceCenter(), "Fname", "e\u0301".repeat(26))).containsExactly(FIRST_NAME_LENGTH);
		// letters outside the basic plane are one character each
		assertThat(newRow(serviceCenter(), "Lname", "\uD835\uDC00".repeat(25))).isEmpty();
		assertThat(newRow(serviceCenter(), "Lname", "\uD835\uDC00")).containsExactly(LAST_NAME_LENGTH);
		assertThat(newRow(serviceCenter(), "Fname", "李", "Lname", " 小龍 ")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({"Fname,FIRST_NAME_NOT_TEXT", "Lname,LAST_NAME_NOT_TEXT", "Address,ADDRESS_NOT_TEXT",
			"Phone,PHONE_FORMAT",
			"Email,EMAIL_FORMAT", "Username,USERNAME_FORMAT"})
	void controlCharactersAreRefused(String column, Fault fault) {
		for (String control : List.of("\u0007", "\u001B", "\u0085", "\u2028", "\uD800", "\uE000", "\u0378", "\uFFFF",
				Character.toString(0x10FFFD))) {
			assertThat(newRow(serviceCenter(), column, "abc" + control + "def")).as(control).containsExactly(fault);
		}
	}

	@Test
	void addressAloneHasLineBreaks() {
		Judgement judgement = rules.judgeNew(draft("Address", "1 Main St\r\nAgawam"), serviceCenter(), DIRECTORY);
		assertThat(((Judgement.Sound) judgement).profile().text(Field.ADDRESS)).isEqualTo("1 Main St\nAgawam");
		assertThat(newRow(serviceCenter(), "Fname", "Ma\nria")).containsExactly(FIRST_NAME_NOT_TEXT);
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"a@b.co;true", "a@b;false", "a.b+c@d-e.example;true", ".a@b.co;false",
			"a..b@c.de;false", "a@-b.co;false", "a@b.123;false", "a b@c.de;false", "a@b.co\u00ADm;true",
			"a,b@c.de;false"})
	void emailIsAStandardAddress(String email, boolean sound) {
		assertThat(newRow(serviceCenter(), "Email", email)).isEqualTo(sound ? List.of() : List.of(EMAIL_FORMAT));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"DTC;00050000;", "DTC;00050000-00050303;ORGANIZATION_ROLE_MISMATCH",
			"STC;00050000;ORGANIZATION_ROLE_MISMATCH", "TA;00050000;ORGANIZATION_ROLE_MISMATCH", "TC;00050000;",
			"TC;00050000-00050303;", "RAO;00050000|00350000;",
			"RAO;00050000|00350000-00350560;ORGANIZATION_ROLE_MISMATCH",
			"TA;00050000-00050303 | 00350000-00350560;", "TA;'';ORGANIZATION_UNKNOWN",
			"TA;00050000-00050303|;ORGANIZATION_UNKNOWN", "TA;50000-50303;ORGANIZATION_UNKNOWN"})
	void organizationsFitTheRoleAtOneLevel(String role, String organizations, Fault fault) {
		assertThat(newRow(serviceCenter(), "Role", role, "Org", organizations))
				.isEqualTo(fault == null ? List.of() : List.of(fault));
	}

	@ParameterizedTest
	@ValueSource(ints = {0x20, 0x09, 0xA0, 0x2007, 0x202F, 0x3000, 0x200B, 0xFEFF})
	void blanksOfAnyKindAroundATextAreNoPartOfIt(int character) {
		String blank = Character.toString(character);
		Map<String, String> plain = cells("Program", "1030|1034", "Phone", "413-555-0100", "Address", "1 Main St");
		Map<String, String> padded = new LinkedHashMap<>(plain);
		padded.replaceAll((_, cell) -> blank + cell.replace("|", blank + "|" + blank) + blank);
		assertThat(rules.judgeNew(draft(padded), serviceCenter(), DIRECTORY))
				.isInstanceOf(Judgement.Sound.class)
				.isEqualTo(rules.judgeNew(draft(plain), serviceCenter(), DIRECTORY));
		padded.replaceAll((_, _) -> blank);
		assertThat(faults(rules.judgeNew(draft(padded), serviceCenter(), DIRECTORY))).containsExactly(USERNAME_FORMAT,
				FIRST_NAME_LENGTH, LAST_NAME_LENGTH, EMAIL_FORMAT, ROLE_UNKNOWN, ORGANIZATION_UNKNOWN);
	}

	@Test
	void programThatIsOfferedNoLongerIsKeptAndOneOfOtherDistrictsIsNot() {
		Account before = account(Role.TA, DOERING);
		before.change(withPrograms(before.profile(), "1029"), issuer, new Origin.System("earlier year"), NOW);
		assertThat(change(before, serviceCenter(), Map.of())).isEqualTo(new Judgement.Sound(before.profile()));
		assertThat(faults(change(before, serviceCenter(), Map.of("Program", "1029|1030", "Org", ROBINSON.code()))))
				.isEmpty();
		assertThat(faults(change(before, serviceCenter(), Map.of("Program", "1028")))).containsExactly(
				PROGRAM_NOT_ALLOWED);

		Account demonstration = account(Role.TA, CYBER_FALLS_1);
		demonstration.change(withPrograms(demonstration.profile(), "1036"), issuer, new Origin.System("test"), NOW);
		assertThat(faults(change(demonstration, serviceCenter(), Map.of("Org", DOERING.code()))))
				.containsExactly(PROGRAM_NOT_ALLOWED);
		Map<String, String> withoutPrograms = export(demonstration);
		withoutPrograms.remove("Program");
		withoutPrograms.put("Org", DOERING.code());
		assertThat(faults(rules.judgeChange(draft(withoutPrograms), serviceCenter(), DIRECTORY, demonstration.id(),
				demonstration.profile(), SELDOM)))
				.containsExactly(PROGRAM_NOT_ALLOWED);
	}

	private static Profile withPrograms(Profile profile, String... programs) {
		return new Profile(profile.username(), profile.firstName(), profile.lastName(), profile.email(), profile.role(),
				profile.organizations(), List.of(programs), profile.details());
	}

	@Test
	void programOfTheDemonstrationDistrictsIsTheirsAlone() {
		assertThat(newRow(serviceCenter(), "Program", "1036")).containsExactly(PROGRAM_NOT_ALLOWED);
		assertThat(newRow(serviceCenter(), "Program", "1036", "Org", CYBER_FALLS_1.code())).isEmpty();
		assertThat(newRow(serviceCenter(), "Program", "1030|x")).containsExactly(PROGRAM_NOT_ALLOWED);
	}

	@Test
	void oneGrantsOnlyWhatOneManagesAndOnlyWithinOnesOwn() {
		Actor coordinator = aCoordinatorOf(Role.STC, DOERING);
		assertThat(newRow(coordinator)).isEmpty();
		assertThat(newRow(coordinator, "Role", "DTC", "Org", AGAWAM.code())).containsExactly(ROLE_NOT_ALLOWED,
				ORGANIZATION_NOT_ALLOWED);
		assertThat(newRow(coordinator, "Org", ROBINSON.code())).containsExactly(ORGANIZATION_NOT_ALLOWED);
		assertThat(newRow(aCoordinatorOf(Role.DTC, AGAWAM), "Org", ROBINSON.code() + "|" + DOERING.code())).isEmpty();
		assertThat(newRow(aCoordinatorOf(Role.TA, DOERING))).containsExactly(ROLE_NOT_ALLOWED);
	}

	@Test
	void untouchedRowChangesNothingWhoeverBringsIt() {
		Account account = account(Role.DTC, AGAWAM);
		Judgement judgement = change(account, aCoordinatorOf(Role.TC, AGAWAM), Map.of());
		assertThat(judgement).isEqualTo(new Judgement.Sound(account.profile()));
	}

	@Test
	void absentColumnStaysAndBlankOneIsCleared() {
		Account account = account(Role.TA, DOERING);
		Map<String, String> row = export(account);
		row.remove("Phone");
		assertThat(rules.judgeChange(draft(row), serviceCenter(), DIRECTORY, account.id(), account.profile(), SELDOM))
				.isEqualTo(new Judgement.Sound(account.profile()));
		row.put("Phone", " ");
		assertThat(rules.judgeChange(draft(row), serviceCenter(), DIRECTORY, account.id(), account.profile(), SELDOM))
				.isInstanceOfSatisfying(
						Judgement.Sound.class,
						sound -> assertThat(sound.profile().details()).doesNotContainKey(Field.PHONE));
	}

	@Test
	void roleOneDoesNotManageIsNotChanged() {
		Account coordinator = account(Role.DTC, AGAWAM);
		Actor technology = aCoordinatorOf(Role.TC, AGAWAM);
		assertThat(faults(change(coordinator, technology, Map.of("Lname", "Smith"))))
				.containsExactly(CHANGE_NOT_ALLOWED);
		assertThat(faults(change(account(Role.TA, DOERING), technology, Map.of("Lname", "Smith")))).isEmpty();
	}

	@Test
	void withSomeOfTheOrganizationsOneAddsAndRemovesJustThose() {
		Account account = account(Role.TA, DOERING, BOSTON_LATIN);
		Actor agawam = aCoordinatorOf(Role.DTC, AGAWAM);
		assertThat(organizations(change(account, agawam, Map.of("Org", ROBINSON.code() + "|" + BOSTON_LATIN.code()))))
				.containsExactlyInAnyOrder(ROBINSON, BOSTON_LATIN);
		assertThat(organizations(change(account, agawam, Map.of("Org", BOSTON_LATIN.code()))))
				.containsExactly(BOSTON_LATIN);
		assertThat(faults(change(account, agawam, Map.of("Org",
				DOERING.code() + "|" + BOSTON_LATIN.code() + "|" + CYBER_FALLS_1.code()))))
				.containsExactly(ORGANIZATION_NOT_ALLOWED);
		assertThat(faults(change(account, agawam, Map.of("Lname", "Smith")))).containsExactly(CHANGE_NOT_ALLOWED);
	}

	@Test
	void organizationOutsideOnesOwnIsNotRemovedAndThatIsSaid() {
		Account account = account(Role.TA, DOERING, BOSTON_LATIN);
		Actor agawam = aCoordinatorOf(Role.DTC, AGAWAM);
		assertThat(faults(change(account, agawam, Map.of("Org", DOERING.code()))))
				.containsExactly(ORGANIZATION_REMOVAL_NOT_ALLOWED);
		assertThat(faults(change(account, agawam, Map.of("Org", ROBINSON.code()))))
				.containsExactly(ORGANIZATION_REMOVAL_NOT_ALLOWED);
		assertThat(faults(change(account, agawam, Map.of("Org", CYBER_FALLS_1.code()))))
				.containsExactly(ORGANIZATION_NOT_ALLOWED, ORGANIZATION_REMOVAL_NOT_ALLOWED);
		assertThat(faults(change(account, agawam, Map.of("Org", "")))).containsExactly(ORGANIZATION_UNKNOWN,
				ORGANIZATION_REMOVAL_NOT_ALLOWED);
		assertThat(faults(change(account, aCoordinatorOf(Role.RAO, DOERING), Map.of("Org", DOERING.code()))))
				.as("who manages nobody").containsExactly(ORGANIZATION_REMOVAL_NOT_ALLOWED);
	}

	@Test
	void formThatNamesAnotherUsernameIsRefused() {
		Account account = account(Role.TA, DOERING);
		assertThat(faults(form(account, "someone.else"))).containsExactly(USERNAME_NOT_CHANGEABLE);
		assertThat(faults(form(account, "a b"))).containsExactly(USERNAME_NOT_CHANGEABLE);
		assertThat(form(account, " Maria.Okafor@agawam.example ")).isEqualTo(new Judgement.Sound(account.profile()));
		assertThat(form(account, "")).as("not named").isEqualTo(new Judgement.Sound(account.profile()));
	}

	private Judgement form(Account account, String username) {
		Map<String, String> row = export(account);
		row.put("Username", username);
		return rules.judgeChange(Fixtures.form(row), serviceCenter(), DIRECTORY, account.id(), account.profile(),
				SELDOM);
	}

	@Test
	void nobodyChangesTheirOwnRoleOrOrganizations() {
		Account account = account(Role.DTC, AGAWAM);
		assertThat(faults(change(account, account.asActor(), Map.of("Role", "TC")))).containsExactly(ROLE_NOT_ALLOWED);
		Account two = account(Role.DTC, AGAWAM, BOSTON);
		assertThat(faults(change(two, two.asActor(), Map.of("Org", AGAWAM.code()))))
				.containsExactly(ORGANIZATION_REMOVAL_NOT_ALLOWED);
		assertThat(faults(change(account, account.asActor(), Map.of("Org", AGAWAM.code() + "|" + BOSTON.code()))))
				.containsExactly(ORGANIZATION_NOT_ALLOWED);
		assertThat(faults(change(account, account.asActor(), Map.of("Lname", "Smith")))).isEmpty();
	}

	@Test
	void ownAddressNeedsTheCurrentPasswordAndOwnProgramsAreForOthersToSay() {
		Account account = account(Role.STC, DOERING);
		assertThat(faults(change(account, account.asActor(), Map.of("Email", "lee@agawam.example", "Program", "1030"))))
				.containsExactly(OWN_EMAIL_NOT_ALLOWED, OWN_PROGRAMS_NOT_ALLOWED);
		assertThat(faults(change(account, account.asActor(), Map.of("Email", "no", "Lname", "Lee"))))
				.containsExactly(EMAIL_FORMAT);
		assertThat(faults(change(account, account.asActor(), Map.of("Lname", "Lee", "Phone", "")))).isEmpty();
		var form = Draft.form(Map.of(Field.EMAIL, "lee@agawam.example"), Map.of());
		assertThat(
				faults(rules.judgeChange(form, account.asActor(), DIRECTORY, account.id(), account.profile(), SELDOM)))
				.containsExactly(OWN_EMAIL_NOT_ALLOWED);
		assertThat(faults(rules.judgeChange(form.proven(), account.asActor(), DIRECTORY, account.id(),
				account.profile(), SELDOM))).isEmpty();
		assertThat(faults(change(account, aCoordinatorOf(Role.DTC, AGAWAM),
				Map.of("Email", "lee@agawam.example", "Program", "1030")))).isEmpty();
	}

	@Test
	void onlyWhoMayChangeAnAccountLearnsThatItsAddressHasChangedTooOften() {
		Account account = account(Role.STC, DOERING);
		Draft moved = draft(export(account, Map.of("Email", "lee@agawam.example")));
		assertThat(faults(rules.judgeChange(moved, aCoordinatorOf(Role.DTC, AGAWAM), DIRECTORY, account.id(),
				account.profile(), TOO_OFTEN))).containsExactly(EMAIL_CHANGED_TOO_OFTEN);
		assertThat(faults(rules.judgeChange(moved, aCoordinatorOf(Role.TA, DOERING), DIRECTORY, account.id(),
				account.profile(), TOO_OFTEN))).containsExactly(CHANGE_NOT_ALLOWED);
		assertThat(faults(rules.judgeChange(draft(export(account, Map.of("Lname", "Lee"))), serviceCenter(), DIRECTORY,
				account.id(), account.profile(), TOO_OFTEN))).isEmpty();
	}

	@Test
	void accountThatHasMoreOrganizationsThanOneMayIsNotInTheWayOfAnotherChange() {
		var many = IntStream.range(0, 501)
				.mapToObj(i -> Organization.school("00350000-%08d".formatted(i), "00350000"))
				.toArray(Organization[]::new);
		Account account = account(Role.TA, many);
		assertThat(faults(change(account, serviceCenter(), Map.of("Lname", "Smith")))).isEmpty();
		assertThat(faults(change(account, serviceCenter(),
				Map.of("Org", account.profile().text(Field.ORGANIZATIONS) + "|" + DOERING.code()))))
				.containsExactly(ORGANIZATION_COUNT);
		assertThat(faults(change(account, serviceCenter(), Map.of("Org", DOERING.code())))).isEmpty();
	}

	@Test
	void organizationClosedMeanwhileIsKept() {
		Account account = account(Role.TA, DOERING);
		assertThat(
				rules.judgeChange(draft(export(account)), serviceCenter(), Map.of(), account.id(), account.profile(),
						SELDOM))
				.isEqualTo(new Judgement.Sound(account.profile()));
	}

	@Test
	void rolesThatRunTheSystemAreGrantedByTheServiceCenterWithItsPasswordAlone() {
		Draft form = Fixtures.form(cells("Role", "OPS", "Org", ""));
		assertThat(faults(rules.judgeNew(form, serviceCenter(), DIRECTORY))).containsExactly(ROLE_UNKNOWN,
				ORGANIZATION_UNKNOWN);
		assertThat(rules.judgeNew(form.proven(), serviceCenter(), DIRECTORY)).isInstanceOfSatisfying(
				Judgement.Sound.class,
				sound -> {
					assertThat(sound.profile().role()).isEqualTo(Role.OPS);
					assertThat(sound.profile().organizations()).isEmpty();
				});
		assertThat(newRow(serviceCenter(), "Role", "OPS", "Org", "")).containsExactly(ROLE_UNKNOWN,
				ORGANIZATION_UNKNOWN);
		assertThat(faults(rules.judgeNew(form.proven(), aCoordinatorOf(Role.DTC, AGAWAM), DIRECTORY)))
				.containsExactly(ROLE_UNKNOWN, ORGANIZATION_UNKNOWN);
		assertThat(newForm("Role", "OPS", "Org", AGAWAM.code())).containsExactly(ORGANIZATION_ROLE_MISMATCH);
		assertThat(newForm("Role", "TA", "Org", "")).containsExactly(ORGANIZATION_UNKNOWN);
	}

	private List<Fault> newForm(String... changes) {
		return faults(rules.judgeNew(Fixtures.form(cells(changes)).proven(), serviceCenter(), DIRECTORY));
	}

	@Test
	void elementOfAListIsOneValue() {
		Map<Field, List<String>> values = new EnumMap<>(draft().values());
		values.put(Field.PROGRAMS, List.of("1030|1034"));
		values.put(Field.ORGANIZATIONS, List.of(DOERING.code() + "|" + ROBINSON.code()));
		assertThat(faults(rules.judgeNew(new Draft(Draft.Source.FORM, values), serviceCenter(), DIRECTORY)))
				.containsExactly(ORGANIZATION_UNKNOWN, PROGRAM_NOT_ALLOWED);
		values.put(Field.PROGRAMS, List.of("1030", " 1034 "));
		values.put(Field.ORGANIZATIONS, List.of(DOERING.code(), ROBINSON.code()));
		assertThat(faults(rules.judgeNew(new Draft(Draft.Source.FORM, values), serviceCenter(), DIRECTORY))).isEmpty();
		values.put(Field.PROGRAMS, List.of(""));
		assertThat(faults(rules.judgeNew(new Draft(Draft.Source.FORM, values), serviceCenter(), DIRECTORY)))
				.containsExactly(PROGRAM_NOT_ALLOWED);
	}

	@Test
	void rowMayNameTheRoleThatSomebodyWhoRunsTheSystemHas() {
		Account operations = account(Role.OPS);
		assertThat(change(operations, serviceCenter(), Map.of("Role", " ops ")))
				.isEqualTo(new Judgement.Sound(operations.profile()));
		assertThat(faults(change(operations, serviceCenter(), Map.of("Role", "SC")))).containsExactly(ROLE_UNKNOWN,
				ORGANIZATION_UNKNOWN);
		assertThat(faults(change(account(Role.TA, DOERING), serviceCenter(), Map.of("Role", "OPS"))))
				.containsExactly(ROLE_UNKNOWN);
	}

	@Test
	void whoRunsTheSystemIsChangedWithTheCurrentPasswordAlone() {
		for (Role role : List.of(Role.SC, Role.OPS)) {
			Account account = account(role);
			for (var changed : List.of(Map.of("Email", "else@agawam.example"),
					Map.of("Role", "TA", "Org", DOERING.code()))) {
				assertThat(faults(change(account, serviceCenter(), changed))).containsExactly(CHANGE_NOT_ALLOWED);
				assertThat(faults(rules.judgeChange(draft(changed).proven(), serviceCenter(), DIRECTORY, account.id(),
						account.profile(), SELDOM))).isEmpty();
			}
		}
	}

	@Test
	void whatAnUpdateDoesNotNameStaysAndWhatItNamesIsJudged() {
		Account account = account(Role.TA, DOERING);
		for (Field field : Field.values()) {
			if (field == Field.USERNAME) continue;
			Map<String, String> row = export(account);
			row.remove(field.column());
			assertThat(
					rules.judgeChange(draft(row), serviceCenter(), DIRECTORY, account.id(), account.profile(), SELDOM))
					.as(field.column())
					.isEqualTo(new Judgement.Sound(account.profile()));
		}
		assertThat(faults(change(account, serviceCenter(),
				Map.of("Fname", "", "Lname", "x", "Email", "no", "Program", "1036", "Org", AGAWAM.code()))))
				.containsExactly(FIRST_NAME_LENGTH, LAST_NAME_LENGTH, EMAIL_FORMAT, ORGANIZATION_ROLE_MISMATCH,
						PROGRAM_NOT_ALLOWED);
		assertThat(change(account, serviceCenter(), Map.of("Program", "1034", "Fax", "413-555-0199")))
				.isInstanceOfSatisfying(Judgement.Sound.class, sound -> {
					assertThat(sound.profile().programs()).containsExactly("1034");
					assertThat(sound.profile().text(Field.FAX)).isEqualTo("413-555-0199");
				});
	}

	@Test
	void whoSeesOnlyAndManagesNotChangesNothing() {
		Account account = account(Role.TA, DOERING);
		assertThat(faults(change(account, aCoordinatorOf(Role.RAO, DOERING), Map.of("Lname", "Smith"))))
				.containsExactly(CHANGE_NOT_ALLOWED);
		assertThat(faults(change(account, aCoordinatorOf(Role.DTC, BOSTON), Map.of("Lname", "Smith"))))
				.containsExactly(CHANGE_NOT_ALLOWED);
		assertThat(faults(change(account, aCoordinatorOf(Role.STC, DOERING), Map.of("Role", "DTC"))))
				.contains(ROLE_NOT_ALLOWED);
	}

	@Test
	void textsEndWhereTheyMayNotGoOn() {
		String domain = "@" + "d".repeat(63) + "." + "d".repeat(63) + "." + "d".repeat(58) + ".us";
		assertThat(domain).hasSize(190);
		assertThat(newRow(serviceCenter(), "Email", "m".repeat(64) + domain)).isEmpty();
		assertThat(newRow(serviceCenter(), "Email", "m".repeat(64) + domain + "a")).containsExactly(EMAIL_FORMAT);
		assertThat(newRow(serviceCenter(), "Email", "m".repeat(65) + "@agawam.example")).containsExactly(EMAIL_FORMAT);
		assertThat(newRow(serviceCenter(), "Address", "x".repeat(200))).isEmpty();
		assertThat(newRow(serviceCenter(), "Address", "x".repeat(201))).containsExactly(ADDRESS_LENGTH);
	}

	@ParameterizedTest
	@ValueSource(ints = {0x200B, 0xAD, 0x061C, 0x200E, 0x200F, 0x202A, 0x202E, 0x2060, 0x2066, 0x2069, 0x206A, 0xE0041})
	void whatNobodyCanSeeIsNoPartOfAnyField(int character) {
		String format = Character.toString(character);
		Map<String, String> plain = cells("Program", "1030|1034", "Phone", "413-555-0100", "Fax", "413-555-0101",
				"Address", "1 Main St");
		Map<String, String> typed = new LinkedHashMap<>(plain);
		typed.replaceAll((_, cell) -> format + cell.charAt(0) + format + cell.substring(1) + format);
		assertThat(rules.judgeNew(draft(typed), serviceCenter(), DIRECTORY)).isInstanceOf(Judgement.Sound.class)
				.isEqualTo(rules.judgeNew(draft(plain), serviceCenter(), DIRECTORY));
	}

	@ParameterizedTest
	@ValueSource(strings = {"\u200D", "\u3164\u3164", "\u2800 \u00AD", "\uDB40\uDC41\uDB40\uDC42", "\uFE0F\uFE0F",
			"\uFFA0\u200B"})
	void nameOfNothingVisibleIsBlank(String name) {
		assertThat(newRow(serviceCenter(), "Fname", name, "Lname", name, "Address", name))
				.containsExactly(FIRST_NAME_LENGTH, LAST_NAME_LENGTH);
		assertThatThrownBy(() -> new FirstName(name)).as("made by whoever").isInstanceOf(InvalidValue.class);
	}

	@Test
	void joinersStayInNamesWhereTheyAreSpelling() {
		Judgement judgement = rules.judgeNew(draft("Fname", "علی\u200Cرضا", "Lname", "Oka\u200D for"), serviceCenter(),
				DIRECTORY);
		assertThat(((Judgement.Sound) judgement).profile().firstName().value()).isEqualTo("علی\u200Cرضا");
		assertThat(((Judgement.Sound) judgement).profile().lastName().value()).isEqualTo("Oka for");
	}

	@Test
	void typographicApostropheOfAUsernameOrAddressIsThePlainOne() {
		Judgement judgement = rules.judgeNew(draft("Username", "o’brien", "Email", "o’brien@agawam.example"),
				serviceCenter(), DIRECTORY);
		assertThat(((Judgement.Sound) judgement).profile().username().value()).isEqualTo("o'brien");
		assertThat(((Judgement.Sound) judgement).profile().email().value()).isEqualTo("o'brien@agawam.example");
	}

	@Test
	void roleIsComparedIgnoringTheCaseOfAsciiAlone() {
		assertThat(newRow(serviceCenter(), "Role", "ta")).isEmpty();
		assertThat(newRow(serviceCenter(), "Role", "ſTC")).containsExactly(ROLE_UNKNOWN);
		assertThat(newRow(serviceCenter(), "Role", "ﬆC")).containsExactly(ROLE_UNKNOWN);
		assertThat(newForm("Role", "ſc", "Org", "")).contains(ROLE_UNKNOWN);
	}

	@Test
	void usernamesThatDifferInCaseAloneAreOne() {
		var username = new Username(" Doe.Jane ");
		assertThat(username.value()).isEqualTo("Doe.Jane");
		assertThat(username.key()).isEqualTo("doe.jane");
		assertThat(username).isEqualTo(new Username("doe.JANE")).hasSameHashCodeAs(new Username("DOE.jane"))
				.isNotEqualTo(new Username("doe.john")).isNotEqualTo("doe.jane");
		assertThat(new Username("doe.john").hashCode()).isNotEqualTo(username.hashCode());
		assertThat(draft("Username", "DOE.jane").username()).isEqualTo(username);
		assertThat(draft("Username", "a b").username()).isNull();
	}

	@Test
	void faultsAreSaidInTheWordsOfTable6() {
		assertThat(FAX_FORMAT.code()).isEqualTo("fax-format");
		assertThat(FAX_FORMAT.field()).isEqualTo(Field.FAX);
		assertThat(FAX_FORMAT.message()).isEqualTo("Fax number must be in xxx-xxx-xxxx format");
		assertThat(new InvalidValue(FAX_FORMAT)).hasMessage(FAX_FORMAT.message());
		assertThat(Arrays.stream(Field.values()).filter(Field::isRequired).map(Field::id)).containsExactly("username",
				"firstName", "lastName", "email", "role", "organizations");
	}

	private Judgement change(Account account, Actor actor, Map<String, String> changes) {
		return rules.judgeChange(draft(export(account, changes)), actor, DIRECTORY, account.id(), account.profile(),
				SELDOM);
	}

	private static Map<String, String> export(Account account, Map<String, String> changes) {
		Map<String, String> row = export(account);
		row.putAll(changes);
		return row;
	}

	private static Map<String, String> export(Account account) {
		Map<String, String> row = new LinkedHashMap<>();
		for (Field field : Field.values())
			row.put(field.column(), account.profile().text(field));
		return row;
	}

	private static List<Organization> organizations(Judgement judgement) {
		assertThat(judgement).isInstanceOf(Judgement.Sound.class);
		return ((Judgement.Sound) judgement).profile().organizations();
	}
}
