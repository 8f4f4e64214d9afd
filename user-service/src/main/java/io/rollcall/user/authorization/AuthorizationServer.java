package io.rollcall.user.authorization;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.ServiceCenter;
import io.rollcall.user.account.Username;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.ServiceToken;

import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Spring's authorization server. The issuer is {@code <base>/auth}; the gateway takes that prefix off, so the endpoints stand at
 * {@code /oauth2/token}, {@code /oauth2/jwks} and {@code /.well-known/…} here.
 */
@Configuration(proxyBeanMethods = false)
class AuthorizationServer {
	/** Short, since a token that is out cannot be taken back. */
	private static final Duration SERVICE_TOKEN_LIFETIME = Duration.ofMinutes(5);

	@Bean
	@Order(1)
	SecurityFilterChain authorizationServerSecurity(HttpSecurity http) throws Exception {
		return http.oauth2AuthorizationServer(server -> {
			http.securityMatcher(server.getEndpointsMatcher());
			server.oidc(withDefaults());
		}).authorizeHttpRequests(requests -> requests.anyRequest().authenticated()).build();
	}

	@Bean
	Issuer issuer(@Value("${rollcall.base-url}") String baseUrl) {
		return new Issuer(baseUrl + "/auth");
	}

	/** Who signs the tokens, as they and the discovery document say it. */
	record Issuer(String uri) {}

	@Bean
	AuthorizationServerSettings authorizationServerSettings(Issuer issuer) {
		return AuthorizationServerSettings.builder().issuer(issuer.uri()).build();
	}

	@Bean
	JwtDecoder jwtDecoder(SigningKeys keys, Issuer issuer) {
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(SignatureAlgorithm.RS256).build();
		decoder.setJwtValidator(
				new DelegatingOAuth2TokenValidator<>(JwtValidators.createDefaultWithIssuer(issuer.uri())));
		return decoder;
	}

	@Bean
	JwtEncoder jwtEncoder(SigningKeys keys) {
		return new NimbusJwtEncoder(keys);
	}

	/** The secrets of clients are random, so a plain hash is enough. */
	@Bean
	PasswordEncoder clientSecretEncoder() {
		return new RandomSecretEncoder();
	}

	/** {@code bootstrap} acts for the service center; there is none while no secret is configured. */
	@Bean
	RegisteredClientRepository clients(ServiceCenter.Settings serviceCenter, PasswordEncoder encoder) {
		String secret = serviceCenter.clientSecret();
		return new BootstrapClient(secret.isBlank()
				? null
				: RegisteredClient.withId("bootstrap").clientId("bootstrap").clientSecret(encoder.encode(secret))
						.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
						.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
						.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS).build());
	}

	private record BootstrapClient(@Nullable RegisteredClient client) implements RegisteredClientRepository {
		@Override
		public void save(RegisteredClient registered) {
			throw new UnsupportedOperationException("clients are configuration");
		}

		@Override
		public @Nullable RegisteredClient findById(String id) {
			return findByClientId(id);
		}

		@Override
		public @Nullable RegisteredClient findByClientId(String clientId) {
			return client != null && client.getClientId().equals(clientId) ? client : null;
		}
	}

	/** A token of client credentials says all there is to know itself; nothing is kept of it. */
	@Bean
	OAuth2AuthorizationService authorizations() {
		return new OAuth2AuthorizationService() {
			@Override
			public void save(OAuth2Authorization authorization) {}

			@Override
			public void remove(OAuth2Authorization authorization) {}

			@Override
			public @Nullable OAuth2Authorization findById(String id) {
				return null;
			}

			@Override
			public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
				return null;
			}
		};
	}

	/** A program acts for an account, with the rights that the account has now. */
	@Bean
	OAuth2TokenCustomizer<JwtEncodingContext> accountClaims(AccountRepository accounts,
			ServiceCenter.Settings serviceCenter) {
		return context -> {
			Account account = accounts.find(new Username(serviceCenter.username())).filter(Account::isActive)
					.orElseThrow(() -> new OAuth2AuthenticationException(OAuth2ErrorCodes.UNAUTHORIZED_CLIENT));
			AccountClaims.put(account, Site.PORTAL, context.getRegisteredClient().getClientId(),
					context.getClaims()::claim);
		};
	}

	@Bean
	ServiceToken serviceToken(JwtEncoder encoder, Issuer issuer, Clock clock,
			@Value("${spring.application.name}") String service) {
		return () -> {
			Instant now = clock.instant();
			var claims = JwtClaimsSet.builder().issuer(issuer.uri()).subject(service).claim("role", "SERVICE")
					.issuedAt(now).expiresAt(now.plus(SERVICE_TOKEN_LIFETIME)).build();
			return encoder.encode(
					JwtEncoderParameters.from(JwsHeader.with(SignatureAlgorithm.RS256).build(), claims))
					.getTokenValue();
		};
	}
}
