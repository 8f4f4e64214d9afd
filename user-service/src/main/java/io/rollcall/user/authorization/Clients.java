package io.rollcall.user.authorization;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

import io.rollcall.user.account.FirstAccounts;
import io.rollcall.user.apiclient.ApiClientService;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.Sites;

/**
 * The OAuth 2.0 clients: the gateways of the two sites, and {@code bootstrap}, which acts for the service center; each is there
 * when its secret is configured. These are ours, so nobody is asked for consent. Besides, the API clients that coordinators made.
 */
@Component
class Clients implements RegisteredClientRepository {
	static final String BOOTSTRAP = "bootstrap";
	static final String OPERATIONS = "operations";
	/** Short, since what stands in a token that is out is the account as it was. */
	private static final Duration ACCESS_TOKEN_LIFETIME = Duration.ofSeconds(60);
	private static final Duration CODE_LIFETIME = Duration.ofSeconds(60);

	/**
	 * @param portal the secret of the portal's gateway; blank: it cannot sign anybody in
	 * @param training the same of the training site's gateway
	 */
	@ConfigurationProperties("rollcall.client-secrets")
	record Settings(@DefaultValue("") String portal, @DefaultValue("") String training) {}

	private final Map<String, RegisteredClient> configured = new HashMap<>();

	private final ApiClientService apiClients;

	Clients(Settings secrets, FirstAccounts.ServiceCenter serviceCenter, FirstAccounts.Operations operations,
			Sites sites,
			ApiClientService apiClients) {
		this.apiClients = apiClients;
		if (!secrets.portal().isBlank()) put(site(Site.PORTAL, secrets.portal(), sites));
		if (!secrets.training().isBlank()) put(site(Site.TRAINING, secrets.training(), sites));
		if (!serviceCenter.clientSecret().isBlank()) {
			put(program(BOOTSTRAP, Secrets.sha256(serviceCenter.clientSecret())));
		}
		if (!operations.clientSecret().isBlank()) put(program(OPERATIONS, Secrets.sha256(operations.clientSecret())));
	}

	private void put(RegisteredClient client) {
		configured.put(client.getClientId(), client);
	}

	private static RegisteredClient site(Site site, String secret, Sites sites) {
		String base = sites.base(site);
		return RegisteredClient.withId(site.clientId()).clientId(site.clientId()).clientSecret(Secrets.sha256(secret))
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
				.redirectUri(base + "/login/oauth2/code/rollcall").postLogoutRedirectUri(base + "/signed-out")
				.scope(OidcScopes.OPENID)
				.clientSettings(ClientSettings.builder().requireProofKey(true).requireAuthorizationConsent(false)
						.build())
				.tokenSettings(TokenSettings.builder().accessTokenTimeToLive(ACCESS_TOKEN_LIFETIME)
						.authorizationCodeTimeToLive(CODE_LIFETIME).reuseRefreshTokens(false).build())
				.build();
	}

	/** A client that acts by itself, for an account. */
	static RegisteredClient program(String clientId, String secretSha256) {
		return RegisteredClient.withId(clientId).clientId(clientId).clientSecret(secretSha256)
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
				.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
				.tokenSettings(TokenSettings.builder().accessTokenTimeToLive(ACCESS_TOKEN_LIFETIME).build()).build();
	}

	@Override
	public void save(RegisteredClient client) {
		throw new UnsupportedOperationException("clients are made elsewhere");
	}

	@Override
	public @Nullable RegisteredClient findById(String id) {
		return findByClientId(id);
	}

	@Override
	public @Nullable RegisteredClient findByClientId(String clientId) {
		RegisteredClient ours = configured.get(clientId);
		return ours != null
				? ours
				: apiClients.usable(clientId).map(it -> program(it.clientId(), it.secretSha256())).orElse(null);
	}
}
