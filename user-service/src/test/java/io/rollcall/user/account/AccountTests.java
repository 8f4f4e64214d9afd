package io.rollcall.user.account;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.rollcall.user.account.MailBudget.Item;
import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.credential.PasswordReset;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.testing.Fixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

class AccountTests {
	private static final EmailAddress OTHER = new EmailAddress("lee@agawam.example");
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
	private static final CredentialIssuer ISSUER = new CredentialIssuer(
			new CredentialIssuer.Settings(Duration.ofHours(72)));

	private final Account account = Account.create(Fixtures.account("maria.okafor").profile(), ISSUER.issue(NOW),
			origin(), NOW);
	private final ResetToken token = ResetToken.of(account.id());

	private static Origin origin() {
		return new Origin.System(UUID.randomUUID().toString());
	}

	private void aLinkWasMailed() {
		var reset = new PasswordReset(Site.PORTAL, Secrets.sha256(token.value()), NOW.plus(Duration.ofMinutes(60)));
		assertThat(account.requestReset(reset, token, origin(), NOW)).isTrue();
		assertThat(account.siteOf(token, NOW)).contains(Site.PORTAL);
	}

	private static Profile with(Profile profile, String lastName, String email) {
		return new Profile(profile.username(), profile.firstName(), new LastName(lastName), new EmailAddress(email),
				profile.role(), profile.organizations(), profile.programs(), profile.details());
	}

	private static ApiClient client(UUID owner, String name) {
		return ApiClient.of(owner, name, Secrets.sha256(name), null, NOW);
	}

	/** Its id is the sender's to choose; readers know an event by its own id and pass over what they have seen. */
	@Test
	void requestThatComesAgainOnceItIsForgottenOrForAnotherAccountIsToldOfEachTime() {
		var request = new Origin.Request("request/somebody/the-same-key", UUID.randomUUID(), null, null);
		Account other = Account.create(Fixtures.account("ana.lee").profile(), ISSUER.issue(NOW), request, NOW);
		account.change(with(account.profile(), "Lee", "maria.lee@agawam.example"), ISSUER, request, NOW);
		account.change(with(account.profile(), "Ng", "maria.ng@agawam.example"), ISSUER, request, NOW);
		other.change(with(other.profile(), "Ng", "maria.ng@agawam.example"), ISSUER, request, NOW);

		assertThat(Stream.concat(account.events().stream(), other.events().stream()).map(AccountEvent::id))
				.doesNotHaveDuplicates().hasSize(13);
	}

	@Test
	void whatRevokesAnApiClientTellsOfAllThatItEndsInOneEvent() {
		ApiClient one = client(account.id(), "one");
		account.addApiClient(one, origin(), NOW);
		account.addApiClient(client(account.id(), "two"), origin(), NOW);
		account.setPassword(Site.PORTAL, "hash", origin(), NOW);
		account.setPasswordByLink(Site.TRAINING, "hash", origin(), NOW);
		account.change(with(account.profile(), "Lee", "maria.lee@agawam.example"), ISSUER, origin(), NOW);
		assertThat(account.apiClients().kept()).extracting(ApiClient::name).containsExactly("two", "one");
		assertThat(account.apiClients().kept()).noneMatch(ApiClient::isRevoked);

		account.setPasswordByLink(Site.PORTAL, "hash", origin(), NOW);
		assertThat(account.apiClients().kept()).allMatch(ApiClient::isRevoked);
		assertThat(account.events().getLast()).isInstanceOfSatisfying(AccountEvent.ApiClientsRevoked.class,
				it -> assertThat(it.clients()).hasSize(2));
		assertThat(account.revokeApiClient(one.clientId(), origin(), NOW)).as("a second time").isFalse();
	}

	@Test
	void revokedApiClientsAreKeptForTheRecordButNotWithoutEnd() {
		for (int i = 0; i < 30; i++) {
			ApiClient client = client(account.id(), "client " + i);
			account.addApiClient(client, origin(), NOW);
			if (i > 0) account.revokeApiClient(client.clientId(), origin(), NOW);
		}
		assertThat(account.apiClients().kept()).hasSize(ApiClients.REVOKED_KEPT + 2);
		assertThat(account.apiClients().kept().getFirst().name()).isEqualTo("client 29");
		assertThat(account.apiClients().kept().getLast()).as("the oldest, which is active")
				.matches(it -> !it.isRevoked());
		assertThat(account.apiClients().forgotten()).hasSize(8);
	}

	@Test
	void linkThatWentToAnotherAddressIsVoid() {
		aLinkWasMailed();
		account.change(with(account.profile(), "Lee", account.profile().email().value()), ISSUER, origin(), NOW);
		assertThat(account.siteOf(token, NOW)).as("another name").isPresent();
		account.change(with(account.profile(), "Lee", "maria.lee@agawam.example"), ISSUER, origin(), NOW);
		assertThat(account.siteOf(token, NOW)).isEmpty();
	}

	private Memory.Applied moved(String email, Instant at) {
		return account.change(with(account.profile(), "Lee", email), ISSUER, origin(), at);
	}

	@Test
	void generatedPasswordsThatWentToAnotherAddressAreReplacedWhateverBecameOfThem() {
		account.useGenerated(Site.TRAINING, null, NOW);
		Map<Site, Credential> mailed = Map.copyOf(account.credentials().bySite());
		Instant later = NOW.plus(Duration.ofHours(100)); // they have expired
		assertThat(moved("maria.lee@agawam.example", later).credentialsSent()).containsExactly(Site.values());
		assertThat(account.credentials().bySite()).hasSize(2).allSatisfy((site, credential) -> {
			assertThat(credential.since()).isEqualTo(later);
			assertThat(credential).isNotEqualTo(mailed.get(site));
		});
		assertThat(account.credentials().issue())
				.hasValueSatisfying(issue -> assertThat(account.events().getLast().id())
						.isEqualTo(issue));
	}

	@Test
	void passwordOfOnesOwnOutlivesTheAddress() {
		account.setPassword(Site.PORTAL, "hash", origin(), NOW);
		assertThat(moved("maria.lee@agawam.example", NOW).credentialsSent()).containsExactly(Site.TRAINING);
		assertThat(account.credentials().get(Site.PORTAL)).isInstanceOfSatisfying(Credential.Own.class,
				it -> assertThat(it.setAt()).isEqualTo(NOW));
		account.setPassword(Site.TRAINING, "hash", origin(), NOW);
		Optional<String> issue = account.credentials().issue();
		assertThat(moved("maria.ng@agawam.example", NOW).credentialsSent()).isEmpty();
		assertThat(account.credentials().issue()).isEqualTo(issue);
		assertThat(account.events().getLast()).isInstanceOf(AccountEvent.EmailChanged.class);
	}

	@Test
	void anythingElseSendsNoCredentials() {
		assertThat(moved(account.profile().email().value(), NOW).credentialsSent()).isEmpty();
		assertThat(account.events().getLast()).isInstanceOf(AccountEvent.Updated.class);
	}

	private Profile at(Role role, Organization... organizations) {
		Profile profile = account.profile();
		return new Profile(profile.username(), profile.firstName(), profile.lastName(), profile.email(), role,
				List.of(organizations), profile.programs(), profile.details());
	}

	private boolean actsAfter(Profile... changes) {
		for (Profile change : changes)
			account.change(change, ISSUER, origin(), NOW);
		return account.apiClients().act(Site.PORTAL);
	}

	@Test
	void programsEndWithThePlaceThatTheyWereMadeFor() {
		account.change(at(Role.STC, Fixtures.DOERING), ISSUER, origin(), NOW);
		account.addApiClient(client(account.id(), "Staff sync"), origin(), NOW);
		assertThat(actsAfter(at(Role.STC, Fixtures.DOERING, Fixtures.ROBINSON), at(Role.TC, Fixtures.ROBINSON,
				Fixtures.DOERING))).as("it is there still").isTrue();
		account.addApiClient(client(account.id(), "For both"), origin(), NOW);
		assertThat(actsAfter(at(Role.STC, Fixtures.ROBINSON))).isTrue();
		assertThat(account.apiClients().kept()).filteredOn(ApiClient::isRevoked).as("in two steps as in one")
				.extracting(ApiClient::name).containsExactly("Staff sync");
		assertThat(actsAfter(at(Role.STC, Fixtures.BOSTON_LATIN), at(Role.STC, Fixtures.ROBINSON))).isFalse();
		assertThat(account.events()).filteredOn(AccountEvent.ApiClientsRevoked.class::isInstance).hasSize(2);
	}

	@Test
	void programsEndWithARoleThatMayHaveNone() {
		account.change(at(Role.STC, Fixtures.DOERING), ISSUER, origin(), NOW);
		account.addApiClient(client(account.id(), "Staff sync"), origin(), NOW);
		assertThat(actsAfter(at(Role.TA, Fixtures.DOERING), at(Role.STC, Fixtures.DOERING))).isFalse();
	}

	@Test
	void programsThatSleptSinceBeforeThatWasSoDoNotWake() {
		account.change(at(Role.TA, Fixtures.DOERING), ISSUER, origin(), NOW);
		account.addApiClient(client(account.id(), "Staff sync"), origin(), NOW);
		assertThat(actsAfter(at(Role.STC, Fixtures.DOERING))).isFalse();
	}

	@Test
	void addressStaysAfterFiveChangesUntilADayHasPassedSinceTheFirst() {
		for (int i = 0; i < 5; i++) {
			Instant at = NOW.plus(Duration.ofHours(i));
			assertThat(account.mails().remaining(Item.EMAIL_CHANGE, null, at)).isEmpty();
			moved("maria." + i + "@agawam.example", at);
		}
		assertThat(account.mails().remaining(Item.EMAIL_CHANGE, null, NOW.plus(Duration.ofHours(24)).minusMillis(1)))
				.hasValue(Duration.ofMillis(1));
		Instant later = NOW.plus(Duration.ofHours(24));
		assertThat(account.mails().remaining(Item.EMAIL_CHANGE, null, later)).isEmpty();
		moved("maria.lee@agawam.example", later);
		assertThat(account.mails().times(Item.EMAIL_CHANGE)).hasSize(5);
		assertThat(account.mails().remaining(Item.EMAIL_CHANGE, null, later)).hasValue(Duration.ofHours(1));
	}

	@Test
	void whatTheMailboxIsToldOfIsCountedApartAndForgottenAfterADay() {
		for (int i = 0; i < 5; i++) {
			assertThat(account.mails().remaining(Item.CREDENTIALS, null, NOW)).isEmpty();
			account.renewCredentials(ISSUER.issue(NOW), origin(), NOW);
			assertThat(account.mails().remaining(Item.REACTIVATION, null, NOW)).isEmpty();
			account.deactivate(origin(), NOW);
			account.reactivate(_ -> true, ISSUER, origin(), NOW);
			account.changePassword(Site.PORTAL, "hash", origin(), NOW);
			account.changePassword(Site.PORTAL, "hash", origin(), NOW);
		}
		assertThat(account.mails().remaining(Item.passwordChange(Site.TRAINING), null, NOW))
				.as("whoever has the other site's password").isEmpty();
		assertThat(account.mails().remaining(Item.EMAIL_CHANGE, null, NOW)).isEmpty();
		for (Item item : List.of(Item.CREDENTIALS, Item.REACTIVATION, Item.PASSWORD_CHANGE)) {
			assertThat(account.mails().remaining(item, null, NOW)).hasValue(Duration.ofHours(24));
			assertThat(account.mails().remaining(item, null, NOW.plus(Duration.ofHours(24)))).isEmpty();
		}
		account.changePassword(Site.PORTAL, "hash", origin(), NOW.plus(Duration.ofHours(24)));
		assertThat(account.mails().times(Item.PASSWORD_CHANGE)).hasSize(1);
	}

	@Test
	void passwordsThatAreSetAtASignInOrByALinkAreNotCounted() {
		for (int i = 0; i < 10; i++) {
			account.setPassword(Site.TRAINING, "hash", origin(), NOW);
			account.setPasswordByLink(Site.PORTAL, "hash", origin(), NOW);
		}
		assertThat(account.mails().remaining(Item.PASSWORD_CHANGE, null, NOW)).isEmpty();
	}

	@Test
	void whatAStrangerBringsAboutAndASignInAreNoUpdate() {
		Instant later = NOW.plus(Duration.ofMinutes(1));
		var reset = new PasswordReset(Site.PORTAL, Secrets.sha256(token.value()), later.plus(Duration.ofMinutes(60)));
		assertThat(account.requestReset(reset, token, origin(), later)).isTrue();
		assertThat(account.useGenerated(Site.TRAINING, null, later)).isTrue();
		assertThat(account.lifetime().updatedAt()).isEqualTo(NOW);
		assertThat(account.lifetime().version()).as("both are written").isEqualTo(3);
	}

	@Test
	void nobodyUsesUpWhatAnotherMayHaveSent() {
		UUID one = UUID.randomUUID();
		UUID another = UUID.randomUUID();
		for (int i = 0; i < 6; i++) {
			Instant at = NOW.plus(Duration.ofHours(i));
			account.renewCredentials(ISSUER.issue(at), by(one), at);
			account.deactivate(by(one), at);
			account.reactivate(_ -> true, ISSUER, by(one), at);
		}
		Instant then = NOW.plus(Duration.ofHours(6));
		account.renewCredentials(ISSUER.issue(then), by(another), then);
		for (Item item : List.of(Item.CREDENTIALS, Item.REACTIVATION)) {
			assertThat(account.mails().remaining(item, one, then)).as("the second ends").hasValue(Duration.ofHours(19));
			assertThat(account.mails().remaining(item, another, then)).isEmpty();
		}
		assertThat(account.mails().times(Item.CREDENTIALS)).as("five and one").hasSize(6);
	}

	private static Origin by(UUID actor) {
		return new Origin.Request("request/" + UUID.randomUUID(), actor, null, null);
	}

	private static final Actor ANYBODY = new Actor(UUID.randomUUID(), Role.DTC, Set.of("00050000"));

	@Test
	void serviceCenterPutsTheAddressRightHoweverOftenOthersChangedItAndHasABoundItself() {
		for (int i = 0; i < 5; i++)
			moved("maria." + i + "@agawam.example", NOW);
		Actor serviceCenter = Fixtures.serviceCenter();
		for (int i = 5; i < 10; i++) {
			assertThat(account.mails().emailChangedTooOften(OTHER, serviceCenter, NOW)).isFalse();
			account.change(with(account.profile(), "Okafor", "maria." + i + "@agawam.example"), ISSUER,
					by(serviceCenter.accountId()), NOW);
		}
		assertThat(account.mails().emailChangedTooOften(OTHER, serviceCenter, NOW)).isTrue();
		assertThat(account.mails().emailChangedTooOften(OTHER, ANYBODY, NOW)).isTrue();
	}

	@Test
	void addressMayAlwaysGoBackToWhatItWasBeforeItChangedSoOften() {
		EmailAddress before = account.profile().email();
		for (int i = 0; i < 5; i++)
			moved("maria." + i + "@agawam.example", NOW.plus(Duration.ofHours(i)));
		Instant then = NOW.plus(Duration.ofHours(6));
		assertThat(account.mails().emailChangedTooOften(before, ANYBODY, then)).isFalse();
		moved(before.value(), then);
		assertThat(account.mails().emailChangedTooOften(new EmailAddress("maria.4@agawam.example"), ANYBODY, then))
				.as("and back again").isTrue();
		assertThat(Preview.changed(account, account.profile(), UUID.randomUUID(), then).mails().emailChangedTooOften(
				OTHER, ANYBODY,
				then)).isTrue();
	}

	@Test
	void newCredentialsLeaveNoLinkBehind() {
		aLinkWasMailed();
		account.renewCredentials(ISSUER.issue(NOW), origin(), NOW);
		assertThat(account.siteOf(token, NOW)).isEmpty();
	}

	@Test
	void linkOfBeforeADeactivationStaysVoid() {
		aLinkWasMailed();
		account.deactivate(origin(), NOW);
		account.reactivate(_ -> true, ISSUER, origin(), NOW);
		assertThat(account.siteOf(token, NOW)).isEmpty();
	}

	@Test
	void nobodyChangesWhatAnAccountHandsOut() {
		account.addApiClient(client(account.id(), "one"), origin(), NOW);
		moved("maria.lee@agawam.example", NOW);
		aLinkWasMailed();
		Map<String, Runnable> attempts = Map.of("credentials", account.credentials().bySite()::clear, "resets",
				account.credentials().resets()::clear, "mailed", account.mails().times(Item.EMAIL_CHANGE)::clear,
				"changedAt",
				account.memory().changedAt()::clear, "apiClients", account.apiClients().kept()::clear,
				"forgottenClients",
				account.apiClients().forgotten()::clear, "newlyApplied", account.memory().newlyApplied()::clear,
				"events",
				account.events()::clear, "organizations", account.profile().organizations()::clear, "programs",
				account.profile().programs()::clear);
		assertSoftly(softly -> attempts.forEach((what, attempt) -> softly.assertThatThrownBy(attempt::run).as(what)
				.isInstanceOf(UnsupportedOperationException.class)));
		var events = account.events();
		account.deactivate(origin(), NOW);
		assertThat(account.events()).hasSizeGreaterThan(events.size());
	}
}
