package io.rollcall.user.authorization;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationCodeRequestAuthenticationException;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.oidc.web.authentication.OidcLogoutAuthenticationSuccessHandler;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.DelegatingOAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.token.JwtGenerator;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;
import org.springframework.security.oauth2.server.authorization.web.OAuth2AuthorizationEndpointFilter;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.accept.ContentNegotiationStrategy;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;

import io.rollcall.platform.Recurring;
import io.rollcall.platform.security.BearerChallenge;
import io.rollcall.user.directory.ServiceToken;
import io.rollcall.user.signin.SignIns;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Spring's authorization server. The issuer is {@code <base>/auth}; the gateway takes that prefix off, so the endpoints stand at
 * {@code /oauth2/token}, {@code /oauth2/jwks} and {@code /.well-known/…} here. There is no HTTP session anywhere: who is signed in
 * says {@link SignInContext}.
 */
@Configuration(proxyBeanMethods = false)
class AuthorizationServer {
	private static final Logger LOG = LoggerFactory.getLogger(AuthorizationServer.class);
	private static final Recurring REFUSED = new Recurring();
	private static final RequestMatcher AUTHORIZE = PathPatternRequestMatcher.withDefaults()
			.matcher("/oauth2/authorize");
	/** Where clients send forms (RFC 6749, 3.2; RFC 7009, 2.1). */
	private static final RequestMatcher FORMS = new OrRequestMatcher(Stream.of("/oauth2/token", "/oauth2/revoke")
			.map(PathPatternRequestMatcher.withDefaults()::matcher).toArray(RequestMatcher[]::new));
	/** Spring's own, which is not there: it knows no access token, and would call each good one inactive. */
	private static final RequestMatcher INTROSPECTION = PathPatternRequestMatcher.withDefaults()
			.matcher("/oauth2/introspect");
	private static final Pattern JWT = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");
	/** Short, since a token that is out cannot be taken back. */
	private static final Duration SERVICE_TOKEN_LIFETIME = Duration.ofMinutes(5);

	@Bean
	@Order(1)
	SecurityFilterChain authorizationServerSecurity(HttpSecurity http, SignInContext signIns,
			AuthenticationSuccessHandler signOut, BearerChallenge challenge) throws Exception {
		// Whether somebody is to sign in or to show a token goes by what is asked for, unlike the answers of controllers.
		http.setSharedObject(ContentNegotiationStrategy.class, new HeaderContentNegotiationStrategy());
		return BearerChallenge.withoutDescription(http.oauth2AuthorizationServer(server -> {
			http.securityMatcher(new AndRequestMatcher(new OrRequestMatcher(server.getEndpointsMatcher(), FORMS),
					new NegatedRequestMatcher(INTROSPECTION)));
			server.oidc(oidc -> oidc.logoutEndpoint(logout -> logout.logoutResponseHandler(signOut))
					.providerConfigurationEndpoint(it -> it.providerConfigurationCustomizer(
							metadata -> metadata.claims(AuthorizationServer::keepWhatIsThere))));
			server.authorizationServerMetadataEndpoint(it -> it.authorizationServerMetadataCustomizer(
					metadata -> metadata.claims(AuthorizationServer::keepWhatIsThere)));
			server.authorizationEndpoint(it -> it.authorizationRequestConverters(AuthorizationServer::readOnce));
			server.tokenEndpoint(it -> it.accessTokenRequestConverters(AuthorizationServer::readOnce));
			server.tokenRevocationEndpoint(it -> it.revocationRequestConverters(converters -> {
				converters.addFirst(AuthorizationServer::noAccessToken);
				readOnce(converters);
			}));
			withoutHttpSession(server);
		}).securityContext(context -> context.securityContextRepository(signIns))
				.requestCache(cache -> cache.disable())
				.addFilterBefore(AuthorizationServer::formsAlone, SecurityContextHolderFilter.class)
				.exceptionHandling(failures -> failures.defaultAuthenticationEntryPointFor(signIns, AUTHORIZE)
						.defaultAuthenticationEntryPointFor(AuthorizationServer::noClient, FORMS))
				.oauth2ResourceServer(server -> server.authenticationEntryPoint(challenge)) // the user info endpoint
				.authorizeHttpRequests(requests -> requests.requestMatchers(AuthorizationServer::mustShowNothing)
						.permitAll().anyRequest().authenticated())
				.build());
	}

	/** By another method Spring takes them for addresses that it does not know. */
	private static void formsAlone(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		String method = ((HttpServletRequest) request).getMethod();
		if (!method.equals("POST") && FORMS.matches((HttpServletRequest) request)) {
			throw new HttpRequestMethodNotSupportedException(method, List.of("POST"));
		}
		chain.doFilter(request, response);
	}

	/** No parameter is given twice, also none that means nothing here (RFC 6749, 3.1 and 3.2). Spring asks it of some alone. */
	private static void readOnce(List<AuthenticationConverter> converters) {
		converters.addFirst(request -> {
			if (request.getParameterMap().values().stream().allMatch(values -> values.length == 1)) return null;
			throw new OAuth2AuthorizationCodeRequestAuthenticationException(
					new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST), null);
		});
	}

	/** One that is out cannot be taken back, and nobody is told that it was (RFC 7009, 2.2.1). */
	private static @Nullable Authentication noAccessToken(HttpServletRequest request) {
		String token = request.getParameter("token");
		if (token == null || !JWT.matcher(token).matches()) return null;
		throw new OAuth2AuthenticationException(new OAuth2Error("unsupported_token_type",
				"An access token cannot be revoked. It ends by itself.", null));
	}

	/** What clients are registered with ({@link Clients}). Spring names all that it could do. */
	private static void keepWhatIsThere(Map<String, Object> claims) {
		List<String> methods = List.of(ClientAuthenticationMethod.CLIENT_SECRET_BASIC.getValue(),
				ClientAuthenticationMethod.CLIENT_SECRET_POST.getValue());
		claims.put("token_endpoint_auth_methods_supported", methods);
		claims.put("revocation_endpoint_auth_methods_supported", methods);
		claims.put("grant_types_supported", Stream.of(AuthorizationGrantType.AUTHORIZATION_CODE,
				AuthorizationGrantType.REFRESH_TOKEN, AuthorizationGrantType.CLIENT_CREDENTIALS)
				.map(AuthorizationGrantType::getValue).toList());
		claims.keySet().removeAll(List.of("introspection_endpoint", "introspection_endpoint_auth_methods_supported",
				"tls_client_certificate_bound_access_tokens", "dpop_signing_alg_values_supported"));
	}

	/** To whoever names no client: an error as any other there (RFC 6749, 5.2). */
	private static void noClient(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
		response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"rollcall\"");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.getOutputStream().write("{\"error\":\"invalid_client\"}".getBytes(UTF_8));
	}

	/** With {@code prompt=none} the endpoint itself answers that somebody would have to sign in (OpenID Connect Core, 3.1.2.6). */
	private static boolean mustShowNothing(HttpServletRequest request) {
		String prompt = request.getParameter("prompt");
		return prompt != null && List.of(prompt.split(" ")).contains("none") && AUTHORIZE.matches(request);
	}

	/** What fails at the token endpoint, a wrong secret above all, is an event too. */
	@Bean
	AuthenticationEventPublisher authenticationEvents(ApplicationEventPublisher events) {
		var publisher = new DefaultAuthenticationEventPublisher(events);
		publisher.setAdditionalExceptionMappings(
				Map.of(OAuth2AuthenticationException.class, AuthenticationFailureBadCredentialsEvent.class));
		return publisher;
	}

	/** Noted by the error alone: what else came may be somebody's secret. */
	@EventListener
	void refused(AuthenticationFailureBadCredentialsEvent event) {
		if (event.getException() instanceof OAuth2AuthenticationException failure
				&& !(failure instanceof InvalidBearerTokenException)) { // noted where it is answered
			String code = failure.getError().getErrorCode();
			REFUSED.log(code, LOG.atInfo(), "Client refused: " + code);
		}
	}

	/** Spring would track sessions by the container's, which no other instance knows; ours are {@link SignIns}. */
	private static void withoutHttpSession(OAuth2AuthorizationServerConfigurer server) {
		server.withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationEndpointFilter>() {
			@Override
			public <O extends OAuth2AuthorizationEndpointFilter> O postProcess(O filter) {
				filter.setSessionAuthenticationStrategy((_, _, _) -> {});
				return filter;
			}
		});
	}

	/** The sign-in that the ID token names ends, and with it what was granted by it; then on to the site. */
	@Bean
	AuthenticationSuccessHandler signOut(SignIns signIns) {
		var handler = new OidcLogoutAuthenticationSuccessHandler();
		handler.setLogoutHandler((_, _, authentication) -> {
			if (authentication instanceof OidcLogoutAuthenticationToken logout && logout.getIdToken() != null) {
				signIns.end(UUID.fromString(logout.getIdToken().getClaimAsString("sid")));
			}
		});
		return handler;
	}

	@Bean
	AuthorizationServerSettings authorizationServerSettings(Issuer issuer) {
		return AuthorizationServerSettings.builder().issuer(issuer.uri()).build();
	}

	@Bean
	JwtDecoder jwtDecoder(SigningKeys keys, Issuer issuer, ObjectProvider<OAuth2TokenValidator<Jwt>> more) {
		NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(SignatureAlgorithm.RS256).build();
		List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>(more.orderedStream().toList());
		validators.add(JwtValidators.createDefaultWithIssuer(issuer.uri()));
		decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(validators));
		return decoder;
	}

	@Bean
	JwtEncoder jwtEncoder(SigningKeys keys) {
		return new NimbusJwtEncoder(keys::signing);
	}

	@Bean
	OAuth2TokenGenerator<? extends OAuth2Token> tokenGenerator(JwtEncoder encoder, AccountClaims claims,
			SignIns.Settings settings, Clock clock) {
		var tokens = new JwtGenerator(encoder);
		tokens.setJwtCustomizer(claims);
		tokens.setClock(clock);
		return new DelegatingOAuth2TokenGenerator(tokens, new RefreshTokens(settings, clock));
	}

	/** The secrets of clients are random, so a plain hash is enough. */
	@Bean
	PasswordEncoder clientSecretEncoder() {
		return new RandomSecretEncoder();
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
