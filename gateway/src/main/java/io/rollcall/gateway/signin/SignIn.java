package io.rollcall.gateway.signin;

import java.net.http.HttpClient;
import java.util.Locale;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import io.rollcall.gateway.GatewaySettings;
import io.rollcall.gateway.Paths;
import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.Refusal.Refused;
import io.rollcall.gateway.session.SessionAttributes;
import io.rollcall.gateway.session.SessionSettings;
import io.rollcall.platform.Recurring;

/**
 * Signing in: the gateway is an OpenID Connect client (authorization code, PKCE, nonce) of the authorization server, on Spring
 * Security, and keeps what it gets in the session (RFC 10017: backend for frontend). The browser has a cookie, never a token.
 */
@Configuration(proxyBeanMethods = false)
class SignIn {
	static final String REGISTRATION = "rollcall";
	static final String CALLBACK = "/login/oauth2/code/" + REGISTRATION;

	private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);
	private static final Recurring FAILED = new Recurring();
	/** From the authorization server that answers {@code invalid_grant} nothing better will come. */
	private static final String NOT_STARTED_HERE = "authorization_request_not_found";

	@Bean
	SessionSettings sessionSettings(GatewaySettings gateway, SignInSettings signIn) {
		String site = gateway.site().name().toLowerCase(Locale.ROOT);
		return SessionSettings.of(gateway.siteUrl(), "sessions-" + site, "rollcall-" + site, signIn.idleTimeout(),
				signIn.absoluteTimeout());
	}

	@Bean
	SessionAttributes sessionAttributes() {
		return SessionAttributes.none().and(PendingSignIns.ATTRIBUTE, PendingSignIns.Pending.class)
				.and(SessionTokens.ATTRIBUTE, Tokens.class);
	}

	/**
	 * The browser is sent to the public address of the authorization server; the gateway itself speaks to it directly. The redirect
	 * URI is configured, never taken from a request.
	 */
	@Bean
	ClientRegistration clientRegistration(GatewaySettings gateway, SignInSettings signIn) {
		String issuer = gateway.issuer();
		String server = gateway.services().users().toString();
		return ClientRegistration.withRegistrationId(REGISTRATION)
				.clientId(gateway.site().name().toLowerCase(Locale.ROOT))
				.clientSecret(signIn.clientSecret(gateway.site()))
				.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE).scope(OidcScopes.OPENID)
				.redirectUri(gateway.siteUrl() + CALLBACK).issuerUri(issuer)
				.authorizationUri(issuer + "/oauth2/authorize").tokenUri(server + "/oauth2/token")
				.jwkSetUri(server + "/oauth2/jwks")
				.clientSettings(ClientRegistration.ClientSettings.builder().requireProofKey(true).build()).build();
	}

	@Bean
	InMemoryClientRegistrationRepository clientRegistrations(ClientRegistration registration) {
		return new InMemoryClientRegistrationRepository(registration);
	}

	@Bean
	RestClientRefreshTokenTokenResponseClient refreshClient(GatewaySettings settings) {
		var client = new RestClientRefreshTokenTokenResponseClient();
		client.setRestClient(tokenEndpoint(settings));
		return client;
	}

	/** As Spring Security's own, but with time limits. */
	private static RestClient tokenEndpoint(GatewaySettings settings) {
		return backChannel(settings).configureMessageConverters(converters -> {
			converters.addCustomConverter(new FormHttpMessageConverter());
			converters.addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter());
		}).defaultStatusHandler(new OAuth2ErrorResponseErrorHandler()).build();
	}

	static RestClient.Builder backChannel(GatewaySettings settings) {
		var requests = new JdkClientHttpRequestFactory(
				HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(settings.connectTimeout())
						.build());
		requests.setReadTimeout(settings.tokenTimeout());
		return RestClient.builder().requestFactory(requests);
	}

	/**
	 * Only signing in passes here; everything else is the routes' and {@link SessionTokens}'. So nothing needs a security context
	 * that outlives the request, and CSRF is met where the session's authority is lent: in {@link SessionTokens}.
	 */
	@Bean
	SecurityFilterChain signInSecurity(HttpSecurity http, GatewaySettings settings, SignInStart start,
			PendingSignIns pending, SessionTokens tokens) throws Exception {
		var codes = new RestClientAuthorizationCodeTokenResponseClient();
		codes.setRestClient(tokenEndpoint(settings));
		return http.securityMatcher(Paths.SIGN_IN, CALLBACK).csrf(csrf -> csrf.disable())
				.headers(headers -> headers.disable())
				.requestCache(cache -> cache.disable()).logout(logout -> logout.disable())
				.securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
				.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
				.oauth2Login(login -> login.loginPage(Paths.SIGN_IN).loginProcessingUrl(CALLBACK)
						.authorizedClientRepository(tokens)
						.authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(start)
								.authorizationRequestRepository(pending))
						.tokenEndpoint(endpoint -> endpoint.accessTokenResponseClient(codes))
						.successHandler(signedIn()).failureHandler(notSignedIn()))
				.build();
	}

	private static AuthenticationSuccessHandler signedIn() {
		return (request, response, _) -> {
			String returnTo = (String) request.getAttribute(SignInStart.RETURN_TO);
			SignInStart.redirect(response, returnTo == null ? "/" : returnTo);
		};
	}

	/**
	 * Who comes back with a start that is not known here (too late, by the back button, in a browser that has thrown the cookie away)
	 * starts once more: the authorization server knows them still, so they notice nothing. Only once, or a browser without cookies
	 * would go in circles.
	 */
	private static AuthenticationFailureHandler notSignedIn() {
		return (request, response, failure) -> {
			String code = failure instanceof OAuth2AuthenticationException oauth
					? oauth.getError().getErrorCode()
					: "unexpected";
			String state = request.getParameter("state");
			if (code.equals(NOT_STARTED_HERE) && state != null && !SignInStart.isSecond(state)) {
				SignInStart.redirect(response, Paths.SIGN_IN + "?again=1");
			} else {
				FAILED.log("", LOG.atWarn(), "A sign-in failed: "
						+ (code.matches("[A-Za-z0-9_-]{1,64}") ? code : "error of another form"));
				SignInStart.redirect(response, "/?sign-in=failed");
			}
		};
	}

	/** What asks for a sign-in otherwise has passed {@link #signInSecurity}. */
	@Bean
	@Order(6)
	RouterFunction<ServerResponse> signInByGetAlone() {
		return RouterFunctions.route(RequestPredicates.path(Paths.SIGN_IN).or(RequestPredicates.path(CALLBACK)), _ -> {
			throw Refused.unless(HttpMethod.GET);
		});
	}

	/** What Spring Security's firewall takes for an attack is answered as what {@code Edge} takes for one. */
	@Bean
	RequestRejectedHandler requestRejectedHandler() {
		return (_, _, rejected) -> {
			throw new Refused(Refusal.INVALID_PATH, rejected);
		};
	}
}
