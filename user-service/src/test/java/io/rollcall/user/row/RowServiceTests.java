package io.rollcall.user.row;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import io.rollcall.testing.Backend;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.Outbox;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.FieldRules;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.history.Entries;
import io.rollcall.user.history.LatestChanges;
import io.rollcall.user.permission.Role;
import io.rollcall.user.row.Outcome.Created;
import io.rollcall.user.row.Outcome.Rejected;
import io.rollcall.user.row.Outcome.Unchanged;
import io.rollcall.user.row.Outcome.Updated;
import io.rollcall.user.testing.Repositories;

import static io.rollcall.user.testing.Fixtures.*;
import static org.assertj.core.api.Assertions.assertThat;

/** Rows in, outcomes out, on the real repositories: the same outcome however often a row is given. */
class RowServiceTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
	private static final UUID IMPORT = UUID.randomUUID();

	private final Repositories repositories = Repositories.on(backend(), NOW);
	private final AccountRepository accounts = repositories.get(AccountRepository.class);
	private final CredentialIssuer issuer = new CredentialIssuer(new CredentialIssuer.Settings(Duration.ofHours(72)));
	private final Map<String, Organization> directory = new HashMap<>(DIRECTORY);
	private int asked;
	private final RowService rows = new RowService(accounts, repositories.get(Decisions.class), codes -> {
		asked += codes.size();
		var found = new HashMap<>(directory);
		found.keySet().retainAll(codes);
		return found;
	}, new FieldRules(PROGRAMS),
			new UndoRules(new FieldRules(PROGRAMS), new LatestChanges(accounts, repositories.get(Entries.class)),
					new UndoSettings(ZoneOffset.UTC)),
			issuer, Clock.fixed(NOW, ZoneOffset.UTC));
	private UUID uploader;
	private int records;

	Backend backend() {
		return Backend.EMBEDDED;
	}

	@BeforeEach
	void someoneUploads() {
		uploader = stored("service.center", Role.SC).id();
	}

	@AfterEach
	void close() {
		repositories.close();
	}

	private Account stored(String username, Role role, Organization... organizations) {
		return stored(NOW, username, role, organizations);
	}

	private Account stored(Instant at, String username, Role role, Organization... organizations) {
		Account account = Account.create(
				new Profile(new Username(username), new FirstName("María"), new LastName("Okafor"),
						new EmailAddress("maria.okafor@agawam.example"), role, List.of(organizations), List.of(),
						Map.of()),
				issuer.issue(at), new Origin.System("made/" + username), at);
		assertThat(accounts.save(List.of(account))).isEmpty();
		return account(username);
	}

	private Account account(String username) {
		return accounts.find(new Username(username)).orElseThrow();
	}

	private Row row(Row.Kind kind, boolean dryRun, List<Draft> earlier, String... cells) {
		int record = ++records;
		return new Row(kind, IMPORT + "/" + record, IMPORT, record, draft(cells), uploader, dryRun, earlier, null, NOW);
	}

	private Row add(String... cells) {
		return row(Row.Kind.ADD, false, List.of(), cells);
	}

	private Row update(String... cells) {
		return row(Row.Kind.UPDATE, false, List.of(), cells);
	}

	private List<Outcome> decide(Row... batch) {
		Map<String, Outcome> outcomes = rows.decide(List.of(batch));
		assertThat(outcomes).hasSize(batch.length);
		return List.of(batch).stream().map(row -> outcomes.get(row.commandId())).toList();
	}

	private static Rejected rejected(Fault... faults) {
		return new Rejected(List.of(faults));
	}

	private static Updated renamed(Account account, String before, String after) {
		return new Updated(account.id(), List.of(new Profile.Change(Field.LAST_NAME, before, after)), Set.of());
	}

	/** What can be seen of all accounts: each with its version and last name. */
	private Map<String, String> all() {
		Map<String, String> all = new HashMap<>();
		accounts.forEach(it -> all.put(it.profile().username().value(),
				it.lifetime().version() + " " + it.profile().lastName().value()));
		return all;
	}

	@Test
	void soundRowBecomesAnAccountAndIsAnsweredTheSameForEver() {
		Row row = add("Username", "Doe.Jane");
		List<Outcome> first = decide(row);
		assertThat(first).isEqualTo(List.of(new Created(account("doe.jane").id())));
		decide(update("Username", "doe.jane", "Lname", "Smith"));
		Map<String, String> before = all();
		assertThat(decide(row)).isEqualTo(first);
		assertThat(all()).isEqualTo(before).containsEntry("Doe.Jane", "2 Smith");
	}

	@Test
	void firstOfTwoRowsForAUsernameWinsAlsoWhenBothAreGivenAgain() {
		Row first = add("Username", "doe.jane");
		Row second = add("Username", "DOE.jane", "Lname", "Other");
		List<Outcome> outcomes = decide(first, second);
		assertThat(outcomes).isEqualTo(
				List.of(new Created(account("doe.jane").id()), rejected(Fault.USERNAME_TAKEN)));
		assertThat(decide(second, first)).containsExactlyElementsOf(outcomes.reversed());
		assertThat(account("doe.jane").profile().lastName().value()).isEqualTo("Okafor");
	}

	@Test
	void rowsOfABatchFollowEachOther() {
		assertThat(decide(add("Username", "doe.jane"), update("Username", "doe.jane", "Lname", "Smith"),
				update("Username", "doe.jane", "Lname", "Smith"), update("Username", "doe.jane", "Lname", "Jones")))
				.isEqualTo(List.of(new Created(account("doe.jane").id()),
						renamed(account("doe.jane"), "Okafor", "Smith"), new Unchanged(account("doe.jane").id()),
						renamed(account("doe.jane"), "Smith", "Jones")));
		assertThat(all()).containsEntry("doe.jane", "3 Jones");
	}

	@Test
	void inventedCodesAreRefusedWithoutAQuestionAboutEach() {
		String invented = IntStream.range(0, 500).mapToObj("x-%d"::formatted).collect(Collectors.joining("|"));
		assertThat(decide(add("Username", "doe.jane", "Org", invented)))
				.containsExactly(rejected(Fault.ORGANIZATION_UNKNOWN));
		assertThat(asked).isLessThanOrEqualTo(40);
	}

	/** However many an account holds that are closed by now, one more may stand behind them. */
	@Test
	void codesThatTheAccountHoldsAreNotAmongTheInvented() {
		List<String> schools = IntStream.range(0, 100).mapToObj("00060000-%08d"::formatted).toList();
		schools.forEach(code -> directory.put(code, Organization.school(code, "00060000")));
		decide(add("Username", "doe.jane", "Org", String.join("|", schools)));
		directory.keySet().removeAll(schools);
		assertThat(decide(update("Username", "doe.jane", "Org",
				String.join("|", schools) + "|" + DOERING.code()))).hasOnlyElementsOfType(Updated.class);
		assertThat(account("doe.jane").profile().organizations()).hasSize(101);
	}

	@Test
	void accountHasFiveHundredOrganizationsAtMost() {
		List<String> schools = IntStream.range(0, 501).mapToObj("00060000-%08d"::formatted).toList();
		schools.forEach(code -> directory.put(code, Organization.school(code, "00060000")));
		String most = String.join("|", schools.subList(0, 500));
		assertThat(decide(add("Username", "doe.jane", "Org", String.join("|", schools))))
				.containsExactly(rejected(Fault.ORGANIZATION_COUNT));
		assertThat(asked).as("codes that no account can have are not looked up").isZero();
		assertThat(decide(add("Username", "doe.jane", "Org", most))).hasOnlyElementsOfType(Created.class);
		assertThat(decide(update("Username", "doe.jane", "Org", most + "|" + schools.getLast())))
				.containsExactly(rejected(Fault.ORGANIZATION_COUNT));
		assertThat(account("doe.jane").profile().organizations()).hasSize(500);
	}

	@Test
	void aRowMayHaveMoreCodesThanAreAskedForAtOnce() {
		List<String> schools = IntStream.range(0, 350).mapToObj("00060000-%08d"::formatted).toList();
		schools.forEach(code -> directory.put(code, Organization.school(code, "00060000")));
		decide(add("Username", "doe.jane", "Org", String.join("|", schools)));
		assertThat(account("doe.jane").profile().organizations()).hasSize(350);
		assertThat(decide(update("Username", "doe.jane", "Org", String.join("|", schools) + "|x")))
				.containsExactly(rejected(Fault.ORGANIZATION_UNKNOWN));
	}

	@Test
	void rejectionStandsEvenWhenTheRowWouldBeRightNow() {
		Row row = add("Username", "doe.jane", "Org", "00060000-00060001");
		assertThat(decide(row)).containsExactly(rejected(Fault.ORGANIZATION_UNKNOWN));
		directory.put("00060000-00060001", Organization.school("00060000-00060001", "00060000"));
		assertThat(decide(row)).containsExactly(rejected(Fault.ORGANIZATION_UNKNOWN));
		assertThat(all()).containsOnlyKeys("service.center");
	}

	@Test
	void unchangedStandsEvenWhenTheRowWouldChangeSomethingNow() {
		Account account = stored("doe.jane", Role.TA, DOERING);
		Row row = update("Username", "doe.jane");
		assertThat(decide(row)).containsExactly(new Unchanged(account.id()));
		decide(update("Username", "doe.jane", "Lname", "Smith"));
		assertThat(decide(row)).containsExactly(new Unchanged(account.id()));
		assertThat(all()).containsEntry("doe.jane", "2 Smith");
	}

	@Test
	void updateGivenAgainIsAnsweredTheSameAndDoesNotTakeBackWhatCameAfter() {
		Account account = stored("doe.jane", Role.TA, DOERING);
		Row row = update("Username", "doe.jane", "Lname", "Smith");
		List<Outcome> first = decide(row);
		assertThat(first).containsExactly(renamed(account, "Okafor", "Smith"));
		decide(update("Username", "doe.jane", "Lname", "Jones"));
		assertThat(decide(row)).isEqualTo(first);
		assertThat(all()).containsEntry("doe.jane", "3 Jones");
	}

	@Test
	void whatIsCreatedAndChangedIsOwedToTheWorld() {
		decide(add("Username", "doe.jane"), add("Username", "doe.john", "Role", "IT"));
		decide(update("Username", "doe.jane", "Lname", "Smith"), update("Username", "doe.jane", "Lname", "Smith"));
		List<Outbox.Pending> owed = repositories.get(Outbox.class).since(NOW.plusSeconds(1), 10).stream()
				.filter(it -> it.owner().startsWith("doe.")).toList();
		assertThat(owed).extracting(it -> it.event().id()).containsExactly(IMPORT + "/1/created",
				IMPORT + "/1/credentials", IMPORT + "/3/updated");
		assertThat(owed).extracting(Outbox.Pending::owner).containsOnly("doe.jane");
	}

	@Test
	void whatAnUpdateLacksIsNoFaultWhoeverItIsFor() {
		stored("doe.jane", Role.TA, DOERING);
		Draft shortRow = Draft.row(Map.of(Field.USERNAME, "doe.jane", Field.LAST_NAME, "New"));
		Draft unknown = Draft.row(Map.of(Field.USERNAME, "nobody", Field.LAST_NAME, "N"));
		Draft nameless = Draft.row(Map.of(Field.LAST_NAME, "New"));
		List<Row> batch = List.of(shortRow, unknown, nameless).stream().map(draft -> new Row(Row.Kind.UPDATE,
				IMPORT + "/" + ++records, IMPORT, records, draft, uploader, false, List.of(), null, NOW)).toList();
		assertThat(decide(batch.toArray(Row[]::new))).isEqualTo(List.of(renamed(account("doe.jane"), "Okafor", "New"),
				rejected(Fault.USER_UNKNOWN, Fault.LAST_NAME_LENGTH), rejected(Fault.USERNAME_FORMAT)));
	}

	@Test
	void whoIsNotThereOrOutOfSightIsUnknownWithTheRowsOtherFaults() {
		stored("in.boston", Role.TA, BOSTON_LATIN);
		uploader = stored("coordinator", Role.DTC, AGAWAM).id();
		assertThat(decide(update("Username", "nobody"), update("Username", "in.boston"),
				update("Username", "nobody", "Email", "no", "Fname", ""), update("Username", "a b", "Email", "no")))
				.isEqualTo(List.of(rejected(Fault.USER_UNKNOWN), rejected(Fault.USER_UNKNOWN),
						rejected(Fault.USER_UNKNOWN, Fault.FIRST_NAME_LENGTH, Fault.EMAIL_FORMAT),
						rejected(Fault.USERNAME_FORMAT, Fault.EMAIL_FORMAT)));
	}

	@Test
	void rowThatLeavesOutASchoolOutsideTheUploadersOwnIsRejected() {
		stored("doe.jane", Role.TA, DOERING, BOSTON_LATIN);
		uploader = stored("coordinator", Role.DTC, AGAWAM).id();
		assertThat(decide(update("Username", "doe.jane", "Org", DOERING.code()),
				row(Row.Kind.UPDATE, true, List.of(), "Username", "doe.jane", "Org", ROBINSON.code())))
				.isEqualTo(List.of(rejected(Fault.ORGANIZATION_REMOVAL_NOT_ALLOWED),
						rejected(Fault.ORGANIZATION_REMOVAL_NOT_ALLOWED)));
		assertThat(account("doe.jane").profile().organizations()).containsExactly(DOERING, BOSTON_LATIN);
	}

	@Test
	void deactivatedAccountIsNotChangedAndItsUsernameIsTaken() {
		Account account = stored("doe.jane", Role.TA, DOERING);
		account.deactivate(new Origin.System("deactivated"), NOW);
		accounts.save(List.of(account));
		assertThat(decide(update("Username", "doe.jane", "Lname", "Smith"), add("Username", "doe.jane")))
				.isEqualTo(List.of(rejected(Fault.USER_DEACTIVATED), rejected(Fault.USERNAME_TAKEN)));
		assertThat(all()).containsEntry("doe.jane", "2 Okafor");
	}

	@Test
	void whoWasDeactivatedAfterUploadingHasNoRightAnyMore() {
		Account coordinator = stored("coordinator", Role.DTC, AGAWAM);
		uploader = coordinator.id();
		assertThat(decide(add("Username", "doe.jane"))).hasOnlyElementsOfType(Created.class);
		coordinator.deactivate(new Origin.System("deactivated"), NOW);
		accounts.save(List.of(coordinator));
		assertThat(decide(add("Username", "doe.john"), update("Username", "doe.jane"))).isEqualTo(
				List.of(rejected(Fault.ROLE_NOT_ALLOWED, Fault.ORGANIZATION_NOT_ALLOWED),
						rejected(Fault.USER_UNKNOWN, Fault.ROLE_NOT_ALLOWED, Fault.ORGANIZATION_NOT_ALLOWED)));
	}

	@Test
	void whoeverElseTakesTheUsernameInBetweenWinsAndTheOthersOfTheBatchAreMade() {
		Row row = add("Username", "doe.jane");
		Row other = add("Username", "doe.john");
		repositories.beforeNextWrite(() -> stored("doe.jane", Role.TA, ROBINSON));
		assertThat(decide(row, other))
				.isEqualTo(List.of(rejected(Fault.USERNAME_TAKEN), new Created(account("doe.john").id())));
		assertThat(account("doe.jane").profile().organizations()).containsExactly(ROBINSON);
		assertThat(decide(row)).containsExactly(rejected(Fault.USERNAME_TAKEN));
	}

	@Test
	void changeThatSomebodyElseMakesInBetweenIsNotLost() {
		Account account = stored("doe.jane", Role.TA, DOERING);
		repositories.beforeNextWrite(() -> {
			Account theirs = account("doe.jane");
			theirs.deactivate(new Origin.System("theirs"), NOW);
			accounts.save(List.of(theirs));
		});
		Row row = update("Username", "doe.jane", "Lname", "Smith");
		Row other = add("Username", "doe.john");
		assertThat(decide(row, other))
				.isEqualTo(List.of(rejected(Fault.USER_DEACTIVATED), new Created(account("doe.john").id())));
		assertThat(all()).containsEntry("doe.jane", "2 Okafor");
		assertThat(account.isActive()).isTrue();
		assertThat(account("doe.jane").isActive()).isFalse();
	}

	@Test
	void dryRunSaysWhatWouldBeAndLeavesNothing() {
		Account account = stored("doe.jane", Role.TA, DOERING);
		Map<String, String> before = all();
		Row created = row(Row.Kind.ADD, true, List.of(), "Username", "doe.john");
		Row updated = row(Row.Kind.UPDATE, true, List.of(), "Username", "doe.jane", "Lname", "Smith");
		Row unchanged = row(Row.Kind.UPDATE, true, List.of(), "Username", "doe.jane");
		Row refused = row(Row.Kind.ADD, true, List.of(), "Username", "doe.mary", "Role", "IT");
		assertThat(decide(created, updated, unchanged, refused)).isEqualTo(List.of(new Created(null),
				renamed(account, "Okafor", "Smith"), new Unchanged(account.id()), rejected(Fault.ROLE_UNKNOWN)));
		assertThat(all()).isEqualTo(before);
		assertThat(repositories.get(Decisions.class).find(ids(created, updated, unchanged, refused))).isEmpty();
	}

	@Test
	void rowOfADryRunIsJudgedAsIfTheRowsBeforeItHadBeenApplied() {
		Account account = stored("doe.jane", Role.TA, DOERING);
		List<Draft> renaming = List.of(draft("Username", "doe.jane", "Lname", "Smith"),
				draft("Username", "doe.jane", "Lname", "x"), draft("Username", "other", "Lname", "Jones"),
				draft("Username", "a b"));
		assertThat(decide(row(Row.Kind.UPDATE, true, renaming, "Username", "doe.jane"))).containsExactly(
				renamed(account, "Smith", "Okafor"));
		assertThat(decide(row(Row.Kind.UPDATE, true, renaming, "Username", "doe.jane", "Lname", "Smith")))
				.containsExactly(new Unchanged(account.id()));
		assertThat(decide(row(Row.Kind.ADD, true, List.of(draft("Username", "doe.john")), "Username", "doe.john")))
				.containsExactly(rejected(Fault.USERNAME_TAKEN));
		assertThat(decide(row(Row.Kind.ADD, true, List.of(draft("Username", "doe.john", "Role", "IT")), "Username",
				"doe.john"))).containsExactly(new Created(null));
		assertThat(all()).containsEntry("doe.jane", "1 Okafor").doesNotContainKey("doe.john");
	}

	@Test
	void anotherAddressSendsCredentialsAndADryRunSaysSo() {
		Account account = stored("doe.jane", Role.TA, DOERING);
		String before = account.profile().email().value();
		Draft earlier = draft("Username", "doe.jane", "Email", "jane@agawam.example");
		var back = new Updated(account.id(), List.of(new Profile.Change(Field.EMAIL, "jane@agawam.example", before)),
				EnumSet.allOf(Site.class));
		assertThat(decide(row(Row.Kind.UPDATE, true, List.of(earlier), "Username", "doe.jane", "Email", before)))
				.containsExactly(back);
		Row moved = update("Username", "doe.jane", "Email", "jane@agawam.example");
		var outcome = new Updated(account.id(), List.of(new Profile.Change(Field.EMAIL, before, "jane@agawam.example")),
				EnumSet.allOf(Site.class));
		assertThat(decide(moved)).containsExactly(outcome);
		assertThat(decide(moved)).as("given again").containsExactly(outcome);
	}

	@Test
	void addressChangesFiveTimesADayByRowsToo() {
		stored("doe.jane", Role.TA, DOERING);
		uploader = stored("coordinator", Role.DTC, AGAWAM).id();
		for (int i = 0; i < 4; i++)
			assertThat(decide(moved(i))).hasOnlyElementsOfType(Updated.class);
		assertThat(
				decide(row(Row.Kind.UPDATE, true, List.of(draft("Username", "doe.jane", "Email", "4@agawam.example")),
						"Username", "doe.jane", "Email", "5@agawam.example")))
				.as("the sixth of a dry run")
				.containsExactly(rejected(Fault.EMAIL_CHANGED_TOO_OFTEN));
		assertThat(decide(moved(4), moved(5))).element(1).isEqualTo(rejected(Fault.EMAIL_CHANGED_TOO_OFTEN));
		assertThat(decide(update("Username", "doe.jane", "Email", "maria.okafor@agawam.example")))
				.as("back to what it was at first").hasOnlyElementsOfType(Updated.class);
	}

	private Row moved(int number) {
		return update("Username", "doe.jane", "Email", number + "@agawam.example");
	}

	@Test
	void codesOfEarlierRowsAreLookedUpToo() {
		Draft moved = draft("Username", "doe.jane", "Org", ROBINSON.code());
		Account account = stored("doe.jane", Role.TA, DOERING);
		assertThat(decide(row(Row.Kind.UPDATE, true, List.of(moved), "Username", "doe.jane"))).containsExactly(
				new Updated(account.id(),
						List.of(new Profile.Change(Field.ORGANIZATIONS, ROBINSON.code(), DOERING.code())), Set.of()));
	}

	@Test
	void earlierRowThatOnlyOrdersOtherwiseChangesNothingInADryRunEither() {
		Account account = stored("doe.jane", Role.TA, DOERING, ROBINSON);
		Draft reordered = draft("Username", "doe.jane", "Org", ROBINSON.code() + "|" + DOERING.code());
		assertThat(decide(row(Row.Kind.UPDATE, true, List.of(reordered), "Username", "doe.jane"))).containsExactly(
				new Updated(account.id(), List.of(new Profile.Change(Field.ORGANIZATIONS,
						DOERING.code() + "|" + ROBINSON.code(), DOERING.code())), Set.of()));
	}

	@Test
	void rowWithoutAUsernameIsRejectedByItself() {
		assertThat(decide(add("Username", ""), add("Username", "doe.jane"), update("Username", ""))).isEqualTo(
				List.of(rejected(Fault.USERNAME_FORMAT), new Created(account("doe.jane").id()),
						rejected(Fault.USERNAME_FORMAT)));
	}

	@Test
	void positionsOnlyMoveForward() {
		AppliedPositions positions = repositories.get(AppliedPositions.class);
		positions.advance(Map.of("t/0", 7L, "t/1", 3L));
		positions.advance(Map.of("t/0", 5L, "t/1", 4L));
		positions.advance(Map.of());
		assertThat(positions.find(List.of("t/0", "t/1", "t/2"))).isEqualTo(Map.of("t/0", 7L, "t/1", 4L));
		assertThat(positions.find(List.of("t/1"))).isEqualTo(Map.of("t/1", 4L));
	}

	@Test
	void firstDecisionStays() {
		Decisions decisions = repositories.get(Decisions.class);
		var unchanged = new Unchanged(UUID.randomUUID());
		decisions.remember(Map.of("1", rejected(Fault.ROLE_UNKNOWN, Fault.EMAIL_FORMAT)));
		decisions.remember(Map.of("1", unchanged, "2", unchanged));
		decisions.remember(Map.of());
		assertThat(decisions.find(List.of("1", "2", "3")))
				.isEqualTo(Map.of("1", rejected(Fault.ROLE_UNKNOWN, Fault.EMAIL_FORMAT), "2", unchanged));
		assertThat(decisions.find(List.of())).isEmpty();
	}

	private static Collection<String> ids(Row... rows) {
		return IntStream.range(0, rows.length).mapToObj(i -> rows[i].commandId()).toList();
	}

	@Nested
	class HandedInBefore {
		private static final Instant MORNING = NOW.minus(Duration.ofHours(3));

		private final Account account = stored(MORNING.minusSeconds(1), "late", Role.TA, DOERING);

		private Row uploaded(Instant uploadedAt, Field field, String cell) {
			int record = ++records;
			var draft = Draft.row(Map.of(Field.USERNAME, "late", field, cell));
			return new Row(Row.Kind.UPDATE, IMPORT + "/" + record, IMPORT, record, draft, uploader, false, List.of(),
					null, uploadedAt);
		}

		private Row at(Instant uploadedAt, Row row) {
			return new Row(row.kind(), row.commandId(), IMPORT, row.recordNumber(), row.draft(), uploader, row.dryRun(),
					row.earlier(), null, uploadedAt);
		}

		private Outcome.Updated updated(Field field, String before, String after) {
			return new Outcome.Updated(account.id(), List.of(new Profile.Change(field, before, after)), Set.of());
		}

		private static final Outcome OVERTAKEN = new Outcome.Rejected(List.of(Fault.CHANGED_SINCE_UPLOAD));

		@Test
		void aRowIsOvertakenByALaterChangeOfOneOfItsFields() {
			decide(row(Row.Kind.UPDATE, false, List.of(), "Username", "late", "Phone", "413-555-0101"));
			assertThat(decide(uploaded(MORNING, Field.PHONE, "413-555-0102"))).containsExactly(OVERTAKEN);
			assertThat(decide(uploaded(MORNING, Field.FAX, "413-555-0102")))
					.containsExactly(updated(Field.FAX, "", "413-555-0102"));
			assertThat(decide(uploaded(NOW, Field.PHONE, "413-555-0103")))
					.containsExactly(updated(Field.PHONE, "413-555-0101", "413-555-0103"));
		}

		/** Whichever is decided first, the file that was handed in last stands. */
		@Test
		void ofTwoTheLaterUploadStands() {
			assertThat(decide(uploaded(MORNING, Field.PHONE, "413-555-0101")))
					.containsExactly(updated(Field.PHONE, "", "413-555-0101"));
			assertThat(decide(uploaded(MORNING.plusSeconds(60), Field.PHONE, "413-555-0102")))
					.containsExactly(updated(Field.PHONE, "413-555-0101", "413-555-0102"));
			assertThat(decide(uploaded(MORNING.plusSeconds(30), Field.PHONE, "413-555-0103")))
					.containsExactly(OVERTAKEN);
			assertThat(account("late").profile().text(Field.PHONE)).isEqualTo("413-555-0102");
		}

		/** A form says of all fields at the creation what they are to be. */
		@Test
		void aRowThatIsOlderThanTheAccountOverwritesNothingOfIt() {
			stored("newcomer", Role.TA, DOERING);
			assertThat(decide(at(NOW.minusSeconds(1), update("Username", "newcomer", "Lname", "Smith"))))
					.containsExactly(OVERTAKEN);
			assertThat(decide(at(NOW, update("Username", "newcomer", "Lname", "Smith"))))
					.hasOnlyElementsOfType(Outcome.Updated.class);
		}

		/** However long the rows of both files have waited. */
		@Test
		void aLaterFileChangesWhatAnEarlierOneCreated() {
			List<Outcome> outcomes = decide(at(MORNING, add("Username", "newcomer")),
					at(MORNING.plusSeconds(1), update("Username", "newcomer", "Lname", "Smith")),
					at(MORNING, update("Username", "newcomer", "Lname", "Jones")),
					at(MORNING.minusSeconds(1), update("Username", "newcomer", "Fname", "Ana")));
			assertThat(outcomes.subList(0, 2)).hasExactlyElementsOfTypes(Outcome.Created.class, Outcome.Updated.class);
			assertThat(outcomes.subList(2, 4)).containsOnly(OVERTAKEN);
		}

		@Test
		void aDryRunSaysSoToo() {
			decide(row(Row.Kind.UPDATE, false, List.of(), "Username", "late", "Phone", "413-555-0101"));
			assertThat(decide(at(MORNING,
					row(Row.Kind.UPDATE, true, List.of(), "Username", "late", "Phone", "413-555-0102"))))
					.containsExactly(OVERTAKEN);
		}

		@Test
		void whatAReleaseThatNotedNoTimesCreatedIsOfItsCreation() {
			stored("newcomer", Role.TA, DOERING);
			repositories.get(MongoDatabase.class).getCollection("accounts").updateOne(new Document("_id", "newcomer"),
					new Document("$set", new Document("changedAt", new Document())));
			assertThat(decide(at(MORNING, update("Username", "newcomer", "Lname", "Smith"))))
					.containsExactly(OVERTAKEN);
			assertThat(decide(at(NOW, update("Username", "newcomer", "Lname", "Smith"))))
					.hasOnlyElementsOfType(Outcome.Updated.class);
		}

		@Test
		void whatTheFirstReleasesWroteMayHaveChangedAnyField() {
			repositories.get(MongoDatabase.class).getCollection("accounts").updateOne(new Document("_id", "late"),
					new Document("$unset", new Document("changedAt", 1)).append("$set",
							new Document("updatedAt", NOW)));
			assertThat(decide(uploaded(MORNING, Field.PHONE, "413-555-0101"))).containsExactly(OVERTAKEN);
			assertThat(decide(uploaded(NOW, Field.PHONE, "413-555-0101")))
					.containsExactly(updated(Field.PHONE, "", "413-555-0101"));
		}
	}
}
