package io.rollcall.user.account;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.rollcall.user.account.profile.EmailAddress;
import io.rollcall.user.account.profile.LastName;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.credential.PasswordReset;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.credential.Site;
import io.rollcall.user.testing.Fixtures;

import static org.assertj.core.api.Assertions.assertThat;

class AccountTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00Z");
	private static final CredentialIssuer ISSUER = new CredentialIssuer(
			new CredentialIssuer.Settings(Duration.ofHours(72)));

	private final Account account = Fixtures.account("maria.okafor");
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
				profile.role(), profile.organizations(), profile.programs(), profile.phone(), profile.fax(),
				profile.address());
	}

	@Test
	void linkThatWentToAnotherAddressIsVoid() {
		aLinkWasMailed();
		account.change(with(account.profile(), "Lee", account.profile().email().value()), origin(), NOW);
		assertThat(account.siteOf(token, NOW)).as("another name").isPresent();
		account.change(with(account.profile(), "Lee", "maria.lee@agawam.example"), origin(), NOW);
		assertThat(account.siteOf(token, NOW)).isEmpty();
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
		account.reactivate(origin(), NOW);
		assertThat(account.siteOf(token, NOW)).isEmpty();
	}
}
