package io.rollcall.user;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.rollcall.testing.StoredDocuments;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.ApiClients;
import io.rollcall.user.account.Credentials;
import io.rollcall.user.account.Kept;
import io.rollcall.user.account.Lifetime;
import io.rollcall.user.account.MailBudget;
import io.rollcall.user.account.Memory;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.Outbox;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.FirstName;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.credential.PasswordReset;
import io.rollcall.user.credential.Site;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.delivery.Delivery;
import io.rollcall.user.delivery.Delivery.Mail;
import io.rollcall.user.delivery.Delivery.Report;
import io.rollcall.user.history.Entries;
import io.rollcall.user.history.Entry;
import io.rollcall.user.permission.Role;
import io.rollcall.user.request.Attempt;
import io.rollcall.user.request.RequestKeys;
import io.rollcall.user.row.AppliedPositions;
import io.rollcall.user.row.Decisions;
import io.rollcall.user.row.Outcome;
import io.rollcall.user.signin.Attempts;
import io.rollcall.user.signin.ResetRequests;
import io.rollcall.user.signin.ResetRequests.ResetRequest;
import io.rollcall.user.signin.SignIn;
import io.rollcall.user.signin.SignIns;
import io.rollcall.user.signin.Source;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.Repositories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** What stands in the database is read, and written again to the byte ({@link StoredDocuments}). */
class StoredDocumentsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
	private static final UUID ACCOUNT = UUID.fromString("0190aaaa-0000-7000-8000-000000000001");
	private static final UUID ACTOR = UUID.fromString("0190aaaa-0000-7000-8000-000000000002");
	private static final UUID IMPORT = UUID.fromString("0190aaaa-0000-7000-8000-000000000003");
	private static final CredentialIssuer ISSUER = new CredentialIssuer(
			new CredentialIssuer.Settings(Duration.ofHours(72)));
	/** As the id of a document in MongoDB's own type would be: it is none. */
	private static final String HEXADECIMAL = "0123456789abcdefABCDEF01";
	private static final UUID SID = UUID.fromString("0190aaaa-0000-7000-8000-000000000004");

	private static final UUID CONFIRMATION = UUID.fromString("0190aaaa-0000-7000-8000-000000000005");

	private static final List<Kept> KEPT = List
			.of(new Kept(Field.PHONE, "changed-since", "Kept: Phone was changed by doe.jane on 2026-11-23"));

	private final Repositories repositories = Repositories.at(NOW);
	private final StoredDocuments stored = repositories.stored();
	private final AccountRepository accounts = repositories.get(AccountRepository.class);
	private final Outbox outbox = repositories.get(Outbox.class);

	@AfterEach
	void close() {
		repositories.close();
	}

	@Test
	void accountWithAllThatItCanHave() {
		Account account = full(0);
		account.reactivate(_ -> true, ISSUER, new Origin.Request("api/1", ACTOR, null, null), NOW);
		accounts.save(List.of(account));
		stored.assertHolds("accounts", "full");

		Account read = accounts.find(new Username("MARIA.okafor")).orElseThrow();
		assertThat(state(read)).isEqualTo(state(account));
		assertThat(read.memory().applied("api/1")).isEqualTo(account.memory().applied("api/1"));
		assertThat(accounts.issues()).containsExactly("issue/1");
	}

	@Test
	void accountWithNothingThatItNeedNotHave() {
		Account account = sparse(HEXADECIMAL, 0);
		account.deactivate(new Origin.System("bootstrap"), NOW);
		accounts.save(List.of(account));
		stored.assertHolds("accounts", "sparse");
		assertThat(state(accounts.find(new Username(HEXADECIMAL)).orElseThrow())).isEqualTo(state(account));
	}

	@Test
	void accountWhoseTrainingPasswordIsChanged() {
		stored.put("accounts", "full");
		Account account = accounts.find(ACCOUNT).orElseThrow();
		account.changePassword(Site.TRAINING, "{argon2}hash", new Origin.System("set"), NOW.plusSeconds(3));
		assertThat(accounts.save(List.of(account))).isEmpty();
		stored.assertHolds("accounts", "training-password-changed");
		assertThat(state(accounts.find(ACCOUNT).orElseThrow())).isEqualTo(state(account));
	}

	@Test
	void accountThatIsChanged() {
		stored.put("accounts", "full");
		Account account = accounts.find(ACCOUNT).orElseThrow();
		Profile before = account.profile();
		account.change(new Profile(before.username(), before.firstName(), new LastName("Smith"), before.email(),
				before.role(), before.organizations(), List.of(), Map.of()),
				ISSUER, new Origin.Row("import/1", ACTOR, IMPORT, 1, "00-trace-span-01", NOW.plusSeconds(1)),
				NOW.plusSeconds(2));
		account.changePassword(Site.PORTAL, "{argon2}hash", new Origin.System("set"), NOW.plusSeconds(3));
		assertThat(accounts.save(List.of(account))).isEmpty();
		accounts.noteUse(account.apiClients().kept().getFirst(), NOW.plusSeconds(4));
		stored.assertHolds("accounts", "changed");
		assertThat(state(accounts.find(ACCOUNT).orElseThrow()))
				.isEqualTo(state(account).replaceFirst("lastUsedAt=null", "lastUsedAt=" + NOW.plusSeconds(4)));
	}

	@Test
	void accountThatAnUndoHasChangedInPart() {
		stored.put("accounts", "full");
		Account account = accounts.find(ACCOUNT).orElseThrow();
		Profile before = account.profile();
		account.change(new Profile(before.username(), before.firstName(), new LastName("Smith"), before.email(),
				before.role(), before.organizations(), before.programs(), before.details()), KEPT, ISSUER,
				new Origin.Row("undo/1", ACTOR, IMPORT, 1, "00-trace-span-01", NOW.plusSeconds(1)), NOW.plusSeconds(2));
		assertThat(accounts.save(List.of(account))).isEmpty();
		stored.assertHolds("accounts", "undone");
		assertThat(accounts.find(ACCOUNT).orElseThrow().memory().applied("undo/1"))
				.isEqualTo(account.memory().applied("undo/1")).get().extracting(Memory.Applied::kept).isEqualTo(KEPT);
	}

	@Test
	void accountWhoseUsernameIsHexadecimalIsChangedAndOwesNothingInTheEnd() {
		stored.put("accounts", "sparse");
		List<Outbox.Pending> owed = outbox.of(List.of(new Username(HEXADECIMAL)));
		assertThat(owed).extracting(it -> it.event().id()).containsExactly("bootstrap/deactivated");
		assertThat(outbox.since(NOW.plusSeconds(1), 10)).usingRecursiveComparison().isEqualTo(owed);
		outbox.strike(owed);
		assertThat(outbox.of(List.of(new Username(HEXADECIMAL)))).isEmpty();
		Account account = accounts.find(new Username(HEXADECIMAL)).orElseThrow();
		account.reactivate(_ -> true, ISSUER, new Origin.System("again"), NOW);
		assertThat(accounts.save(List.of(account))).isEmpty();
		stored.assertHolds("accounts", "sparse-changed");
	}

	/** Without what later releases wrote, and with what they wrote no more. */
	@Test
	void accountOfTheFirstReleases() {
		stored.put("accounts", "older");
		Account account = accounts.find(ACCOUNT).orElseThrow();
		assertThat(account.credentials().resets()).isEmpty();
		assertThat(account.memory().changedAt()).hasSize(Field.values().length).containsValue(NOW);
		assertThat(account.memory().applied("import/1")).get().extracting(Memory.Applied::at).isEqualTo(NOW);
		assertThat(account.mails().times(MailBudget.Item.CREDENTIALS)).isEmpty();
		account.deactivate(new Origin.System("now"), NOW.plusSeconds(1));
		accounts.save(List.of(account));
		stored.assertHolds("accounts", "older-changed");
	}

	@Test
	void accountOfANewerReleaseThatHasAnotherField() {
		stored.put("accounts", "full");
		repositories.get(MongoDatabase.class).getCollection("accounts").updateOne(new Document(),
				new Document("$set", new Document("changedAt.TITLE", NOW).append("title", "Dr.")));
		assertThat(accounts.find(ACCOUNT).orElseThrow().memory().changedAt()).containsOnlyKeys(Field.PHONE);
	}

	/** Spring Data's own exceptions repeat every argument of what cannot be made. */
	@Test
	void anAccountThatCannotBeReadIsToldOfWithoutAWordOfIt() {
		stored.put("accounts", "full");
		repositories.get(MongoDatabase.class).getCollection("accounts").updateOne(new Document(),
				new Document("$unset", new Document("version", "")));
		var text = new StringWriter();
		catchThrowable(() -> accounts.find(ACCOUNT)).printStackTrace(new PrintWriter(text));
		assertThat(text.toString()).contains("AccountDocument").doesNotContainIgnoringCase("maria", "María", "Okafor",
				"argon2", "413-555");
	}

	/** As it is, to the last part; the version that it has, and not the one that it was read with. */
	private static String state(Account it) {
		return List.of(it.id(), it.profile(), it.lifetime(), it.credentials().bySite(), it.credentials().issue(),
				it.credentials().resets(), it.mails().emailBeforeChanges(), it.memory().changedAt(),
				it.apiClients().kept(), List.of(MailBudget.Item.values()).stream().map(it.mails()::times).toList())
				.toString();
	}

	private static Account full(long version) {
		var profile = new Profile(new Username("Maria.Okafor"), new FirstName("María"), new LastName("Okafor"),
				new EmailAddress("maria.okafor@agawam.example"), Role.DTC, List.of(Fixtures.AGAWAM, Fixtures.DOERING),
				List.of("1030", "1034"),
				Map.of(Field.PHONE, "413-555-0100", Field.FAX, "413-555-0101", Field.ADDRESS, "1 Main St\nAgawam"));
		Map<Site, Credential> credentials = new EnumMap<>(Site.class);
		credentials.put(Site.PORTAL,
				new Credential.Generated("generated", NOW, NOW.plusSeconds(60), NOW.plusSeconds(30), "form", "own"));
		credentials.put(Site.TRAINING, new Credential.Own("{argon2}own", NOW, "last"));
		Map<MailBudget.Item, List<MailBudget.Spent>> mails = new EnumMap<>(MailBudget.Item.class);
		for (MailBudget.Item item : EnumSet.complementOf(EnumSet.of(MailBudget.Item.TRAINING_PASSWORD_CHANGE)))
			mails.put(item, List.of(new MailBudget.Spent(NOW.minusSeconds(60), item.isByActor() ? ACTOR : null)));
		return new Account(ACCOUNT, profile,
				new Lifetime(Lifetime.Status.DEACTIVATED, version, NOW.minusSeconds(600), NOW.minusSeconds(60),
						NOW.minusSeconds(60)),
				new Credentials(credentials, List.of(new PasswordReset(Site.TRAINING, "token", NOW.plusSeconds(600))),
						"issue/1"),
				new MailBudget(mails, new EmailAddress("m.okafor@agawam.example")),
				new ApiClients(List.of(
						new ApiClient(ACCOUNT + ".12345678", "Roster", "secret", Set.of("00050000"), NOW, null, null),
						new ApiClient(ACCOUNT + ".87654321", "Old", "older", Set.of(), NOW, null, NOW))),
				new Memory(List.of(), Map.of(Field.PHONE, NOW.minusSeconds(120))));
	}

	private static Account sparse(String username, long version) {
		var profile = new Profile(new Username(username), new FirstName("Service"), new LastName("Center"),
				new EmailAddress("a@b.example"), Role.SC, List.of(), List.of(), Map.of());
		Map<Site, Credential> credentials = Map.of(Site.PORTAL,
				new Credential.Generated("generated", NOW, NOW.plusSeconds(60), null, null, null));
		return new Account(ACCOUNT, profile, new Lifetime(Lifetime.Status.ACTIVE, version, NOW, NOW, null),
				new Credentials(credentials, List.of(), null), new MailBudget(Map.of(), null),
				new ApiClients(List.of()),
				new Memory(List.of(), Map.of()));
	}

	@Test
	void entryOfTheHistory() {
		var entries = repositories.get(Entries.class);
		var entry = new Entry(HEXADECIMAL, ACCOUNT, 3, Entry.What.UPDATED, NOW,
				new Entry.By("import", ACTOR, IMPORT, 12, "client"),
				List.of(new Entry.Change(Field.PHONE, "", "413-555-0100")), List.of("PORTAL"),
				List.of(new Entry.Client("client", "Roster")));
		entries.add(List.of(entry));
		entries.add(List.of(entry));
		stored.assertHolds("history", "full");
		assertThat(entries.of(ACCOUNT, 0, 10)).isEqualTo(new Entries.Page(List.of(entry), 1));
	}

	@Test
	void entryOfTheHistoryThatIsTheSystems() {
		var entries = repositories.get(Entries.class);
		var entry = new Entry("bootstrap/created", ACCOUNT, 1, Entry.What.CREATED, NOW,
				new Entry.By("system", null, null, null, null), List.of(), List.of(), List.of());
		entries.add(List.of(entry));
		stored.assertHolds("history", "sparse");
		assertThat(entries.of(ACCOUNT, 0, 10).entries()).containsExactly(entry);
	}

	@Test
	void entryOfTheHistoryFromBeforeThereWereApiClients() {
		stored.put("history", "older");
		assertThat(repositories.get(Entries.class).of(ACCOUNT, 0, 10).entries()).singleElement()
				.satisfies(it -> assertThat(it.apiClients()).isEmpty());
	}

	@Test
	void entryOfTheHistoryOfAConfirmation() {
		var entries = repositories.get(Entries.class);
		var entry = new Entry("spring/1/confirmed", ACCOUNT, 3, Entry.What.CONFIRMED, NOW,
				new Entry.By("form", ACTOR, null, null, null), List.of(), List.of(), List.of(),
				new Entry.Confirmed(CONFIRMATION, "Spring 2027", "left", "stays"));
		entries.add(List.of(entry));
		stored.assertHolds("history", "confirmed");
		assertThat(entries.of(ACCOUNT, 0, 10).entries()).containsExactly(entry);
	}

	@Test
	void whenSomebodyLastSignedIn() {
		var signIns = repositories.get(SignIns.class);
		for (int hours : List.of(1, 2, 0)) { // clocks differ
			signIns.open(new SignIn(UUID.randomUUID(), ACCOUNT, Site.PORTAL, NOW.plus(Duration.ofHours(hours)),
					List.of(NOW), true, null));
		}
		stored.assertHolds("latest-sign-ins", "latest-with-part");
		Map<UUID, Instant> latest = Map.of(ACCOUNT, NOW.plus(Duration.ofHours(2)));
		assertThat(signIns.latest(Set.of(ACCOUNT, ACTOR))).isEqualTo(latest);
		assertThat(signIns.latestSince(NOW.plusSeconds(60))).isEmpty();
		assertThat(signIns.latestSince(NOW.minus(Duration.ofDays(1)))).as("all").isEqualTo(latest);
	}

	@Test
	void whenSomebodyLastSignedInAsOlderReleasesWroteIt() {
		var signIns = repositories.get(SignIns.class);
		stored.put("latest-sign-ins", "latest");
		assertThat(signIns.latest(Set.of(ACCOUNT, ACTOR))).isEqualTo(Map.of(ACCOUNT, NOW.plus(Duration.ofHours(2))));
		Map<UUID, Instant> all = new HashMap<>();
		signIns.forEachLatest(all::put);
		assertThat(all).containsOnlyKeys(ACCOUNT);
		assertThat(signIns.latestSince(NOW.minusSeconds(60))).isEmpty();
		signIns.open(new SignIn(UUID.randomUUID(), ACTOR, Site.PORTAL, NOW, List.of(NOW), true, null));
		assertThat(signIns.latestSince(NOW.minusSeconds(60))).isEqualTo(Map.of(ACTOR, NOW));
	}

	@Test
	void requestKey() {
		var keys = repositories.get(RequestKeys.class);
		assertThat(keys.claim(HEXADECIMAL, "fingerprint")).contains(new Attempt.First());
		stored.assertHolds("request-keys", "claimed");
		assertThat(keys.claim(HEXADECIMAL, "fingerprint")).contains(new Attempt.Unanswered(NOW));
		keys.answered(HEXADECIMAL);
		stored.assertHolds("request-keys", "answered");
		assertThat(keys.claim(HEXADECIMAL, "fingerprint")).contains(new Attempt.Answered());
		keys.release(HEXADECIMAL);
		assertThat(keys.claim(HEXADECIMAL, "another")).contains(new Attempt.First());
	}

	@Test
	void decisionOnARow() {
		var decisions = repositories.get(Decisions.class);
		Map<String, Outcome> rejected = Map.of(HEXADECIMAL,
				new Outcome.Rejected(List.of(Fault.FAX_FORMAT, Fault.PHONE_FORMAT)));
		decisions.remember(rejected);
		decisions.remember(Map.of(HEXADECIMAL, new Outcome.Unchanged(ACCOUNT)));
		stored.assertHolds("row-decisions", "rejected");
		assertThat(decisions.find(Set.of(HEXADECIMAL))).isEqualTo(rejected);
	}

	@Test
	void decisionThatARowChangesNothing() {
		var decisions = repositories.get(Decisions.class);
		Map<String, Outcome> unchanged = Map.of("import/1", new Outcome.Unchanged(ACCOUNT));
		decisions.remember(unchanged);
		stored.assertHolds("row-decisions", "unchanged");
		assertThat(decisions.find(Set.of("import/1"))).isEqualTo(unchanged);
	}

	@Test
	void decisionThatAnUndoChangesNothing() {
		var decisions = repositories.get(Decisions.class);
		Map<String, Outcome> unchanged = Map.of("undo/1", new Outcome.Unchanged(ACCOUNT, KEPT));
		decisions.remember(unchanged);
		stored.assertHolds("row-decisions", "kept");
		assertThat(decisions.find(Set.of("undo/1"))).isEqualTo(unchanged);
	}

	@Test
	void positionOfAPartition() {
		var positions = repositories.get(AppliedPositions.class);
		positions.advance(Map.of("topic/0", 7L));
		positions.advance(Map.of("topic/0", 5L));
		stored.assertHolds("applied-positions", "advanced");
		assertThat(positions.find(Set.of("topic/0"))).isEqualTo(Map.of("topic/0", 7L));
	}

	@Test
	void delivery() {
		var deliveries = repositories.get(Deliveries.class);
		deliveries.report(List.of(
				new Deliveries.Reported("issue/1", Site.PORTAL, Mail.USERNAME, new Report(null), NOW),
				new Deliveries.Reported("issue/1", Site.PORTAL, Mail.PASSWORD, new Report("rejected"), NOW)));
		stored.assertHolds("deliveries", "failed");
		Map<Mail, Report> ofSite = new LinkedHashMap<>();
		ofSite.put(Mail.USERNAME, new Report(null));
		ofSite.put(Mail.PASSWORD, new Report("rejected"));
		assertThat(deliveries.find(Set.of("issue/1")))
				.isEqualTo(Map.of("issue/1", new Delivery(Map.of(Site.PORTAL, ofSite))));
	}

	@Test
	void signIn() {
		var signIns = repositories.get(SignIns.class);
		var signIn = new SignIn(SID, ACCOUNT, Site.TRAINING, NOW, List.of(NOW.minusSeconds(60)), true, null);
		String secret = signIns.open(signIn);
		stored.assertHolds("sign-ins", "opened", "sha256");
		assertThat(signIns.find(secret)).contains(signIn);
		assertThat(signIns.find(SID)).contains(signIn);
		signIns.admit(SID, NOW, "authorization/1");
		stored.assertHolds("sign-ins", "admitted", "sha256");
		assertThat(signIns.find(SID)).get().extracting(SignIn::credentials)
				.isEqualTo(List.of(NOW.minusSeconds(60), NOW));
		assertThat(signIns.find(SID)).get().matches(it -> it.carries("authorization/1") && !it.carries("another"));
		assertThat(signIns.find(secret)).as("the pages have forgotten it").isEmpty();
		signIns.end(SID);
		assertThat(signIns.find(SID)).isEmpty();
	}

	@Test
	void attemptsToSignIn() {
		var attempts = repositories.get(Attempts.class);
		Source source = Source.of("192.0.2.1", "device");
		assertThat(attempts.take("maria", Site.PORTAL, source)).isTrue();
		stored.assertHolds("sign-in-attempts", "first");
		attempts.succeeded("maria", Site.PORTAL, source);
		attempts.take("maria", Site.PORTAL, source);
		attempts.take("maria", Site.TRAINING, Source.ofSession(SID.toString()));
		stored.assertHolds("sign-in-attempts", "familiar");
	}

	/** From before there were attempts from within sessions. */
	@Test
	void attemptsToSignInOfBefore() {
		stored.put("sign-in-attempts", "older");
		var attempts = repositories.get(Attempts.class);
		Source stranger = Source.of("198.51.100.1", null);
		assertThat(attempts.take("maria", Site.PORTAL, stranger)).isTrue();
		stored.assertHolds("sign-in-attempts", "older-changed");
	}

	/** From before sites were told apart: what was tried and who is familiar counts at both. */
	@Test
	void attemptsToSignInFromBeforeTheyHadASite() {
		stored.put("sign-in-attempts", "without-sites");
		var attempts = repositories.get(Attempts.class);
		Source source = Source.of("192.0.2.1", "device");
		attempts.succeeded("maria", Site.TRAINING, source);
		assertThat(attempts.take("maria", Site.PORTAL, source)).isTrue();
		stored.assertHolds("sign-in-attempts", "without-sites-changed");
	}

	@Test
	void requestForALink() {
		var requests = repositories.get(ResetRequests.class);
		var request = new ResetRequest(SID, HEXADECIMAL, Site.PORTAL, NOW);
		requests.add(request);
		stored.assertHolds("password-reset-requests", "full");
		assertThat(requests.waiting()).containsExactly(request);
		requests.done(request);
		assertThat(requests.waiting()).isEmpty();
	}

	@Test
	void requestForALinkOfNobody() {
		var requests = repositories.get(ResetRequests.class);
		var request = new ResetRequest(SID, null, Site.TRAINING, NOW);
		requests.add(request);
		stored.assertHolds("password-reset-requests", "sparse");
		assertThat(requests.waiting()).containsExactly(request);
	}
}
