package io.rollcall.user.authorization;

import java.security.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.platform.testing.PersistenceContext;
import io.rollcall.testing.Backend;
import io.rollcall.testing.ManualClock;
import io.rollcall.testing.StoredDocuments;
import io.rollcall.user.account.FirstAccounts;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.SignIns;
import io.rollcall.user.signin.Sites;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What stands in the database is read, and written again to the byte ({@link StoredDocuments}). */
class StoredAuthorizationsTests {
	private static final Instant NOW = Instant.parse("2026-11-23T08:00:00.123Z");
	private static final UUID ACCOUNT = UUID.fromString("0190aaaa-0000-7000-8000-000000000001");
	private static final UUID SID = UUID.fromString("0190aaaa-0000-7000-8000-000000000002");
	/** As the id of a document in MongoDB's own type would be: it is none. */
	private static final String ID = "0123456789abcdefabcdef01";
	private static final SignIns.Settings SETTINGS = new SignIns.Settings(Duration.ofHours(12), Duration.ofMinutes(15),
			Duration.ofSeconds(30), Duration.ofDays(1095));

	private final PersistenceContext context = PersistenceContext.on(Backend.EMBEDDED, NOW)
			.with(SignIns.Settings.class, () -> SETTINGS).start("io.rollcall.user.signin.persistence");
	private final StoredDocuments stored = context.stored();
	private final ManualClock clock = new ManualClock(NOW);
	private final SigningKeys keys = new SigningKeys(context.get(MongoTemplate.class),
			new KeyEncryption(new KeyEncryption.Settings(List.of(Base64.getUrlEncoder().withoutPadding()
					.encodeToString("an encryption key of 32 letters.".getBytes(UTF_8))))),
			new SigningKeys.Settings(Duration.ofDays(90)), clock);
	private final MongoAuthorizations authorizations = new MongoAuthorizations(context.get(MongoTemplate.class),
			context.get(Retention.class), context.get(SignIns.class),
			new IssuedTokens(keys, new Issuer("http://localhost:8080"),
					new Clients(new Clients.Settings("portal", "training"),
							new FirstAccounts.ServiceCenter("service.center", "service@center.example", ""),
							new FirstAccounts.Operations("", "", ""),
							new Sites("http://localhost:8080", "http://localhost:8090"), null)),
			SETTINGS, clock);

	@AfterEach
	void close() {
		context.close();
	}

	@Test
	void authorizationFromTheCodeToItsRefreshTokens() {
		OAuth2Authorization granted = granted(Map.of("code_challenge", "challenge", "a.b", "left out"), "state");
		authorizations.save(granted);
		stored.assertHolds("authorizations", "granted");

		OAuth2Authorization exchanged = authorizations.findByToken("code", new OAuth2TokenType("code"));
		assertThat(exchanged.getAuthorizedScopes()).containsExactlyInAnyOrder("openid", "portal");
		OAuth2AuthorizationRequest request = exchanged.getAttribute(OAuth2AuthorizationRequest.class.getName());
		assertThat(request.getAdditionalParameters()).isEqualTo(Map.of("code_challenge", "challenge"));
		assertThat(request.getState()).isEqualTo("state");
		authorizations.save(refreshed(exchanged, ID + ".first", NOW.plusSeconds(1)));
		stored.assertHolds("authorizations", "exchanged");

		clock.advance(Duration.ofSeconds(2));
		OAuth2Authorization shown = authorizations.findByToken(ID + ".first", OAuth2TokenType.REFRESH_TOKEN);
		authorizations.save(refreshed(shown, ID + ".second", NOW.plusSeconds(2)));
		stored.assertHolds("authorizations", "refreshed");
		assertThat(authorizations.findByToken(ID + ".first", OAuth2TokenType.REFRESH_TOKEN)).as("within the grace")
				.isNotNull();
		assertThat(authorizations.findById(ID).getToken(OAuth2AuthorizationCode.class).isInvalidated()).isTrue();
		assertThat(authorizations.findById(ID).getRefreshToken().getToken().getExpiresAt())
				.isEqualTo(NOW.plusSeconds(62));
		authorizations.remove(shown);
		assertThat(authorizations.findById(ID)).isNull();
	}

	@Test
	void authorizationWithNothingThatItNeedNotHave() {
		authorizations.save(granted(Map.of(), null));
		stored.assertHolds("authorizations", "sparse");
		assertThat(authorizations.findById(ID).getRefreshToken()).isNull();
	}

	/** The key itself is encrypted. */
	@Test
	void signingKey() {
		stored.assertHolds("signing-keys", "first", "jwk");
	}

	private static OAuth2Authorization granted(Map<String, Object> parameters, String state) {
		var client = new Clients(new Clients.Settings("portal", "training"),
				new FirstAccounts.ServiceCenter("service.center", "service@center.example", ""),
				new FirstAccounts.Operations("", "", ""), new Sites("http://localhost:8080", "http://localhost:8090"),
				null).findByClientId("portal");
		var signedIn = new SignedIn(ACCOUNT, Site.PORTAL, SID, NOW);
		return OAuth2Authorization.withRegisteredClient(client).id(ID).principalName(signedIn.getName())
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.authorizedScopes(Set.of("openid", "portal")).attribute(Principal.class.getName(), signedIn)
				.attribute(OAuth2AuthorizationRequest.class.getName(),
						OAuth2AuthorizationRequest.authorizationCode().authorizationUri("http://localhost/authorize")
								.clientId("portal").redirectUri("http://localhost/back").state(state)
								.additionalParameters(parameters).build())
				.token(new OAuth2AuthorizationCode("code", NOW, NOW.plusSeconds(60))).build();
	}

	private static OAuth2Authorization refreshed(OAuth2Authorization from, String token, Instant at) {
		return OAuth2Authorization.from(from).refreshToken(new OAuth2RefreshToken(token, at, at.plusSeconds(60)))
				.build();
	}
}
