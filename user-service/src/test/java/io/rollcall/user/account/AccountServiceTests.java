package io.rollcall.user.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.user.account.AccountService.Saved;
import io.rollcall.user.account.BulkService.Acted;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.FieldRules;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.credential.PasswordReset;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.credential.Site;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.delivery.Delivery;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.request.Attempt;
import io.rollcall.user.testing.Fixtures;
import io.rollcall.user.testing.Repositories;

import static io.rollcall.user.testing.Fixtures.DIRECTORY;
import static io.rollcall.user.testing.Fixtures.PROGRAMS;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests that are sent again under their key, on the real repositories. */
class AccountServiceTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
	private static final Attempt FIRST = new Attempt.First();
	private static final Attempt BROKEN_OFF = new Attempt.Unanswered(NOW);
	private static final Attempt ANSWERED = new Attempt.Answered();
	private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
	private static final CredentialIssuer ISSUER = new CredentialIssuer(
			new CredentialIssuer.Settings(Duration.ofHours(72)));
	private static final EventRelay NO_RELAY = new EventRelay() {
		@Override
		public void soon(Collection<Username> accounts) {}

		@Override
		public void relay(Collection<Username> accounts, Collection<CloudEvent> others) {}
	};
	private static final String USERNAME = "maria.okafor";

	private final Repositories repositories = Repositories.at(NOW);
	private final AccountRepository accounts = repositories.get(AccountRepository.class);
	private final CountedDeliveries deliveries = new CountedDeliveries(repositories.get(Deliveries.class));
	private final AccountService service = new AccountService(accounts, codes -> {
		var found = new HashMap<>(DIRECTORY);
		found.keySet().retainAll(codes);
		return found;
	}, new FieldRules(PROGRAMS), ISSUER, NO_RELAY, CLOCK);
	private final BulkService bulk = new BulkService(accounts, ISSUER, deliveries, NO_RELAY, CLOCK);
	private final Actor actor = Fixtures.serviceCenter();
	private final Origin.Request key = request("the key");
	private int others;

	@AfterEach
	void close() {
		repositories.close();
	}

	private static Origin.Request request(String key) {
		return new Origin.Request("request/somebody/" + key, UUID.randomUUID(), null, null);
	}

	private Origin.Request another() {
		return request("another " + others++);
	}

	private static Draft form(String... changes) {
		Map<String, String> cells = Fixtures.cells(changes);
		cells.put("Username", USERNAME);
		return Fixtures.form(cells);
	}

	private Saved create(Attempt attempt) {
		return service.create(actor, form(), request("made"), attempt);
	}

	private Account there() {
		return accounts.find(new Username(USERNAME)).orElseThrow();
	}

	/** The account as it was made. */
	private String made() {
		create(FIRST);
		return there().edition();
	}

	private Saved change(Draft draft, Origin origin, Attempt attempt, String edition) {
		return service.change(actor, there().id(), draft, edition, origin, attempt);
	}

	private void somebodyElse(Draft draft) {
		assertThat(change(draft, another(), FIRST, there().edition())).isInstanceOf(Saved.Done.class);
	}

	/** So often is it changed that it knows nothing of what came before, and then it is as it was. */
	private void muchHappens() {
		for (int i = 0; i <= Memory.APPLIED_KEPT; i++)
			somebodyElse(form("Phone", i % 2 == 0 ? "413-555-0100" : ""));
		somebodyElse(form());
	}

	private Acted act(Bulk bulk, Origin.Request origin, Attempt attempt) {
		UUID id = there().id();
		return bulk.on(actor, Set.of(id), origin, attempt).get(id);
	}

	private Map<UUID, Acted> deactivate(Actor actor, Set<UUID> ids, Origin.Request origin, Attempt attempt) {
		return bulk.deactivate(actor, ids, Map.of(), origin, attempt);
	}

	private Map<UUID, Acted> reactivate(Actor actor, Set<UUID> ids, Origin.Request origin, Attempt attempt) {
		return bulk.reactivate(actor, ids, Map.of(), false, origin, attempt);
	}

	private Map<UUID, Acted> renewCredentials(Actor actor, Set<UUID> ids, Origin.Request origin, Attempt attempt) {
		return bulk.renewCredentials(actor, ids, false, origin, attempt);
	}

	private interface Bulk {
		Map<UUID, Acted> on(Actor actor, Set<UUID> ids, Origin.Request origin, Attempt attempt);
	}

	@Test
	void reactivationReplacesPasswordsOfWhichNobodyKnowsThatTheyArrived() {
		made();
		String issue = there().credentials().issue().orElseThrow();
		act(this::deactivate, another(), FIRST);
		act(this::reactivate, another(), FIRST);
		assertThat(there().credentials().issue()).as("nothing was heard of the mails").isPresent()
				.isNotEqualTo(Optional.of(issue));

		issue = there().credentials().issue().orElseThrow();
		arrived(issue, Site.PORTAL);
		act(this::deactivate, another(), FIRST);
		act(this::reactivate, another(), FIRST);
		Credential.Generated portal = (Credential.Generated) there().credentials().get(Site.PORTAL);
		assertThat(there().credentials().issue()).as("one site's did").isNotEqualTo(Optional.of(issue));

		issue = there().credentials().issue().orElseThrow();
		for (Site site : Site.values())
			arrived(issue, site);
		act(this::deactivate, another(), FIRST);
		act(this::reactivate, another(), FIRST);
		assertThat(there().credentials().issue()).as("all did").contains(issue);
		assertThat(there().credentials().bySite()).containsEntry(Site.PORTAL, portal);
	}

	@Test
	void reactivationOfManyAsksOnceWhetherTheirMailsArrived() {
		Set<UUID> ids = new HashSet<>();
		for (String username : List.of("doe.jane", "doe.john", "doe.mary")) {
			Map<String, String> cells = Fixtures.cells();
			cells.put("Username", username);
			service.create(actor, Fixtures.form(cells), another(), FIRST);
			ids.add(accounts.find(new Username(username)).orElseThrow().id());
		}
		bulk.deactivate(actor, ids, Map.of(), another(), FIRST);
		assertThat(reactivate(actor, ids, another(), FIRST).values()).hasOnlyElementsOfType(Acted.Done.class);
		assertThat(deliveries.asked).isEqualTo(1);
	}

	private static final class CountedDeliveries implements Deliveries {
		private final Deliveries all;
		private int asked;

		CountedDeliveries(Deliveries all) {
			this.all = all;
		}

		@Override
		public void report(Collection<Reported> reports) {
			all.report(reports);
		}

		@Override
		public Map<String, Delivery> find(Collection<String> issues) {
			asked++;
			return all.find(issues);
		}

		@Override
		public Set<String> failed() {
			return all.failed();
		}

		@Override
		public long deleteReplaced(Set<String> present, Instant since) {
			return all.deleteReplaced(present, since);
		}
	}

	private void arrived(String issue, Site site) {
		deliveries.report(Stream.of(Delivery.Mail.values())
				.map(mail -> new Deliveries.Reported(issue, site, mail, new Delivery.Report(null), NOW)).toList());
	}

	@Test
	void accountThatWasMadeIsAnsweredAgainWhileItIsAsItWasMade() {
		assertThat(create(FIRST)).isInstanceOf(Saved.Done.class);
		for (Attempt attempt : List.of(BROKEN_OFF, ANSWERED))
			assertThat(create(attempt)).isInstanceOf(Saved.Done.class);
		muchHappens();
		assertThat(create(ANSWERED)).as("nobody but this request made it").isInstanceOf(Saved.Done.class);
		assertThat(create(BROKEN_OFF)).isEqualTo(new Saved.Invalid(List.of(Fault.USERNAME_TAKEN)));

		somebodyElse(form("Lname", "Lee"));
		assertThat(create(ANSWERED)).isEqualTo(new Saved.DoneBefore());
		somebodyElse(form());
		act(this::deactivate, another(), FIRST);
		assertThat(create(ANSWERED)).isEqualTo(new Saved.DoneBefore());
	}

	@Test
	void changeIsAnsweredAgainWhileTheAccountIsAsItWasAsked() {
		String made = made();
		Draft lee = form("Lname", "Lee");
		assertThat(change(lee, key, FIRST, made)).isInstanceOf(Saved.Done.class);
		long version = there().lifetime().version();
		for (Attempt attempt : List.of(FIRST, BROKEN_OFF, ANSWERED))
			assertThat(change(lee, key, attempt, made)).isInstanceOf(Saved.Done.class);
		assertThat(there().lifetime().version()).isEqualTo(version);

		somebodyElse(form("Lname", "Lee", "Phone", "413-555-0100"));
		for (Attempt attempt : List.of(FIRST, BROKEN_OFF, ANSWERED))
			assertThat(change(lee, key, attempt, made)).isEqualTo(new Saved.DoneBefore());
		assertThat(change(lee, key, ANSWERED, there().edition())).isEqualTo(new Saved.DoneBefore());
		somebodyElse(lee);
		act(this::deactivate, another(), FIRST);
		assertThat(change(lee, key, ANSWERED, made)).isEqualTo(new Saved.DoneBefore());
	}

	@Test
	void changeThatTheAccountHasForgottenIsNotMadeTwice() {
		String made = made();
		Draft lee = form("Lname", "Lee");
		change(lee, key, FIRST, made);
		muchHappens();
		assertThat(there().memory().applied(key.causeId())).isEmpty();
		long version = there().lifetime().version();
		for (Attempt attempt : List.of(BROKEN_OFF, ANSWERED))
			assertThat(change(lee, key, attempt, there().edition())).isEqualTo(new Saved.DoneBefore());
		assertThat(there().lifetime().version()).isEqualTo(version);
		assertThat(change(form(), key, ANSWERED, there().edition())).as("what is so anyway")
				.isInstanceOf(Saved.Done.class);
	}

	@Test
	void changeThatBrokeOffIsFinishedByAnAccountThatWouldKnowOfIt() {
		String made = made();
		Draft lee = form("Lname", "Lee");
		assertThat(change(lee, key, ANSWERED, made)).isEqualTo(new Saved.DoneBefore());
		assertThat(change(lee, key, BROKEN_OFF, made)).isInstanceOf(Saved.Done.class);
		assertThat(there().profile().lastName().value()).isEqualTo("Lee");
		muchHappens();
		Attempt later = new Attempt.Unanswered(NOW.plusMillis(1));
		assertThat(change(lee, another(), later, there().edition())).as("remembers all since").isInstanceOf(
				Saved.Done.class);
	}

	@Test
	void whatOlderReleasesAppliedMayHaveBeenAppliedUntilTheLastChange() {
		create(FIRST);
		muchHappens();
		var documents = repositories.get(MongoDatabase.class).getCollection("accounts");
		Document stored = documents.find().first();
		stored.getList("applied", Document.class).forEach(it -> it.remove("at"));
		documents.replaceOne(new Document("_id", USERNAME), stored);
		assertThat(there().memory().remembersAllSince(NOW)).isFalse();
		assertThat(there().memory().remembersAllSince(NOW.plusMillis(1))).isTrue();
	}

	@Test
	void sameChangeSentTwiceAtOnceIsAnsweredTwice() {
		String made = made();
		Draft lee = form("Lname", "Lee");
		List<Saved> twin = new ArrayList<>();
		repositories.beforeNextWrite(() -> twin.add(change(lee, key, BROKEN_OFF, made)));
		assertThat(change(lee, key, FIRST, made)).isInstanceOf(Saved.Done.class);
		assertThat(twin).singleElement().isInstanceOf(Saved.Done.class);
		assertThat(there().lifetime().version()).isEqualTo(2);
	}

	private void aStrangerAsksForALink() {
		Account account = there();
		ResetToken token = ResetToken.of(account.id());
		account.requestReset(new PasswordReset(Site.PORTAL, Secrets.sha256(token.value()), NOW.plusSeconds(60)), token,
				another(), NOW);
		assertThat(accounts.save(List.of(account))).isEmpty();
	}

	@Test
	void whatNoFormShowsMakesNoFormStale() {
		String made = made();
		aStrangerAsksForALink();
		act(this::renewCredentials, another(), FIRST);
		assertThat(there().edition()).isEqualTo(made);
		repositories.beforeNextWrite(this::aStrangerAsksForALink);
		assertThat(change(form("Lname", "Lee"), another(), FIRST, made)).as("while it is saved")
				.isInstanceOf(Saved.Done.class);
		assertThat(there().credentials().resets()).hasSize(1);
		assertThat(change(form("Lname", "Ng"), another(), FIRST, made)).isEqualTo(new Saved.Stale());
	}

	@Test
	void whatAFormShowsMakesIt() {
		String made = made();
		for (String[] field : new String[][]{{"Fname", "Ana"}, {"Lname", "Lee"}, {"Email", "a@b.example"},
				{"Role", "STC"}, {"Org", "00050000-00050025"}, {"Program", "1030"}, {"Phone", "413-555-0100"},
				{"Fax", "413-555-0100"}, {"Address", "1 Main St"}}) {
			somebodyElse(form(field));
			assertThat(there().edition()).as(field[0]).isNotEqualTo(made);
			somebodyElse(form());
			assertThat(there().edition()).isEqualTo(made);
		}
		act(this::deactivate, another(), FIRST);
		assertThat(there().edition()).isNotEqualTo(made);
	}

	@Test
	void deactivationIsNotSaidToBeDoneOnceTheAccountIsActiveAgain() {
		create(FIRST);
		assertThat(act(this::deactivate, key, FIRST)).isInstanceOf(Acted.Done.class);
		for (Attempt attempt : List.of(BROKEN_OFF, ANSWERED))
			assertThat(act(this::deactivate, key, attempt)).isInstanceOf(Acted.Done.class);
		act(this::reactivate, another(), FIRST);
		for (Attempt attempt : List.of(BROKEN_OFF, ANSWERED))
			assertThat(act(this::deactivate, key, attempt)).isEqualTo(new Acted.DoneBefore());
		muchHappens();
		for (Attempt attempt : List.of(BROKEN_OFF, ANSWERED))
			assertThat(act(this::deactivate, key, attempt)).as("forgotten").isEqualTo(new Acted.DoneBefore());
		assertThat(there().isActive()).isTrue();
		act(this::deactivate, another(), FIRST);
		assertThat(act(this::deactivate, key, ANSWERED)).isEqualTo(new Acted.Unchanged());
	}

	@Test
	void whatChangedNothingTheFirstTimeChangesNothingLater() {
		create(FIRST);
		assertThat(act(this::reactivate, key, FIRST)).isEqualTo(new Acted.Unchanged());
		assertThat(act(this::reactivate, key, ANSWERED)).isEqualTo(new Acted.Unchanged());
		act(this::deactivate, another(), FIRST);
		assertThat(act(this::reactivate, key, ANSWERED)).isEqualTo(new Acted.DoneBefore());
		assertThat(there().isActive()).isFalse();
	}

	@Test
	void reactivationIsNotSaidToBeDoneOnceTheAccountIsDeactivatedAgain() {
		create(FIRST);
		act(this::deactivate, another(), FIRST);
		assertThat(act(this::reactivate, key, FIRST)).isInstanceOf(Acted.Done.class);
		assertThat(act(this::reactivate, key, ANSWERED)).isInstanceOf(Acted.Done.class);
		act(this::deactivate, another(), FIRST);
		assertThat(act(this::reactivate, key, BROKEN_OFF)).isEqualTo(new Acted.DoneBefore());
	}

	@Test
	void credentialsAreSaidToBeSentWhileNoneHaveReplacedThem() {
		create(FIRST);
		assertThat(act(this::renewCredentials, key, FIRST)).isInstanceOf(Acted.Done.class);
		var issue = there().credentials().issue();
		assertThat(act(this::renewCredentials, key, ANSWERED)).isInstanceOf(Acted.Done.class);
		assertThat(there().credentials().issue()).isEqualTo(issue);
		act(this::renewCredentials, another(), FIRST);
		assertThat(act(this::renewCredentials, key, ANSWERED)).isEqualTo(new Acted.DoneBefore());
		muchHappens();
		issue = there().credentials().issue();
		for (Attempt attempt : List.of(BROKEN_OFF, ANSWERED))
			assertThat(act(this::renewCredentials, key, attempt)).isEqualTo(new Acted.DoneBefore());
		assertThat(there().credentials().issue()).isEqualTo(issue);
	}
}
