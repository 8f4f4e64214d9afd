package io.rollcall.platform.security;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

import io.rollcall.contracts.UserEvent;

import static org.assertj.core.api.Assertions.assertThat;

class OvertakenTokensTests {
	private static final UUID MARIA = UUID.randomUUID();
	private static final UserEvent.Origin FORM = new UserEvent.Origin("form", UUID.randomUUID(), null, null, null);

	private final OvertakenTokens tokens = new OvertakenTokens(Clock.systemUTC());

	private static UserEvent.Account account(String role, String lastName, String... organizations) {
		return new UserEvent.Account("maria", "María", lastName, "maria@agawam.example", role,
				List.of(organizations), List.of(), null, null, null, "active");
	}

	private static UserEvent.UserUpdated updated(long version, UserEvent.Account before, UserEvent.Account after) {
		return new UserEvent.UserUpdated("u" + version, Instant.now(), MARIA, version, FORM, before, after);
	}

	private boolean isGood(String site, Long version) {
		return isGood(site, site.toLowerCase(Locale.ROOT), version);
	}

	private boolean isGood(String site, String client, Long version) {
		var token = Jwt.withTokenValue("t").header("alg", "RS256").subject(MARIA.toString()).claim("site", site)
				.claim("client_id", client);
		if (version != null) token.claim("account_version", version);
		return !tokens.validate(token.build()).hasErrors();
	}

	@Test
	void tokenOfBeforeTheDeactivationIsRefusedAndOneOfAfterIsNot() {
		assertThat(isGood("PORTAL", 3L)).isTrue();
		tokens.on(new UserEvent.UserDeactivated("d", Instant.now(), MARIA, 4, FORM, account("TA", "Okafor", "1")));
		assertThat(isGood("PORTAL", 3L)).isFalse();
		assertThat(isGood("TRAINING", 3L)).isFalse();
		assertThat(isGood("PORTAL", null)).isFalse();
		assertThat(isGood("PORTAL", 5L)).isTrue();
	}

	@Test
	void newCredentialsLeaveNoTokenOfEitherSite() {
		tokens.on(new UserEvent.CredentialsRenewed("c", Instant.now(), MARIA, 4, FORM, account("TA", "Okafor", "1")));
		assertThat(isGood("PORTAL", 3L)).isFalse();
		assertThat(isGood("TRAINING", 3L)).isFalse();
		assertThat(isGood("PORTAL", 4L)).isTrue();
	}

	@Test
	void passwordOfOneSiteLeavesTheOtherAlone() {
		tokens.on(new UserEvent.PasswordChanged("p", Instant.now(), MARIA, 4, FORM, "TRAINING",
				account("TA", "Okafor", "1")));
		assertThat(isGood("TRAINING", 3L)).isFalse();
		assertThat(isGood("TRAINING", 4L)).isTrue();
		assertThat(isGood("PORTAL", 3L)).isTrue();
	}

	@Test
	void revokedClientLeavesTheOthersAndThePersonAlone() {
		String revoked = MARIA + ".5f0c7f5e";
		tokens.on(new UserEvent.ApiClientMade("m", Instant.now(), MARIA, 4, FORM,
				new UserEvent.ApiClient(revoked, "Staff sync", Instant.now()), account("STC", "Okafor", "1")));
		assertThat(isGood("PORTAL", revoked, 3L)).isTrue();
		tokens.on(new UserEvent.ApiClientsRevoked("r", Instant.now(), MARIA, 5, FORM,
				List.of(new UserEvent.ApiClient(revoked, "Staff sync", Instant.now())),
				account("STC", "Okafor", "1")));
		assertThat(isGood("PORTAL", revoked, 4L)).isFalse();
		assertThat(isGood("PORTAL", MARIA + ".2b1c4a55", 4L)).isTrue();
		assertThat(isGood("PORTAL", 4L)).isTrue();
	}

	@Test
	void onlyWhatChangesRightsCounts() {
		tokens.on(updated(4, account("TA", "Okafor", "1", "2"), account("TA", "Smith", "2", "1")));
		assertThat(isGood("PORTAL", 3L)).isTrue();
		tokens.on(updated(5, account("TA", "Smith", "1", "2"), account("TA", "Smith", "1")));
		assertThat(isGood("PORTAL", 4L)).isFalse();
		tokens.on(updated(6, account("TA", "Smith", "1"), account("STC", "Smith", "1")));
		assertThat(isGood("PORTAL", 5L)).isFalse();
	}

	@Test
	void eventThatComesLateDoesNotTakeBackALaterOne() {
		tokens.on(updated(7, account("TA", "Smith", "1"), account("STC", "Smith", "1")));
		tokens.on(updated(5, account("TA", "Smith", "1", "2"), account("TA", "Smith", "1")));
		assertThat(isGood("PORTAL", 6L)).isFalse();
	}
}
