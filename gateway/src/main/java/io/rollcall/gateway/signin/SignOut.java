package io.rollcall.gateway.signin;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;
import org.springframework.web.util.UriComponentsBuilder;

import io.rollcall.gateway.AnswerHeaders;
import io.rollcall.gateway.GatewaySettings;
import io.rollcall.gateway.Refusal.Refused;
import io.rollcall.platform.Recurring;

/**
 * {@code POST /logout} ends the session here, takes the refresh token back (RFC 7009), and says where the browser ends the one of
 * the sign-in pages (OpenID Connect RP-Initiated Logout 1.0), which leads back to {@code /signed-out}.
 */
@Configuration(proxyBeanMethods = false)
class SignOut {
	private static final Logger LOG = LoggerFactory.getLogger(SignOut.class);
	private static final Recurring NOT_REVOKED = new Recurring();
	private static final String SIGNED_OUT = "/signed-out";

	private final SessionTokens tokens;
	private final ClientRegistration registration;
	private final GatewaySettings settings;
	private final RestClient server;

	SignOut(SessionTokens tokens, ClientRegistration registration, GatewaySettings settings) {
		this.tokens = tokens;
		this.registration = registration;
		this.settings = settings;
		this.server = SignIn.backChannel(settings).build();
	}

	@Bean
	@Order(5)
	RouterFunction<ServerResponse> logout() {
		return RouterFunctions.route().POST("/logout", this::signOut)
				.route(RequestPredicates.path("/logout"), _ -> {
					throw Refused.unless(HttpMethod.POST);
				}).build();
	}

	private ServerResponse signOut(ServerRequest request) {
		HttpServletRequest http = request.servletRequest();
		HttpSession session = http.getSession(false);
		Optional<Tokens> ended = Optional.empty();
		if (session != null) {
			tokens.checkOwnPage(http);
			ended = tokens.end(session);
		}
		ended.ifPresent(this::revoke);
		return ServerResponse.ok().headers(headers -> AnswerHeaders.DATA.headers().forEach(headers::set))
				.contentType(MediaType.APPLICATION_JSON)
				.body(Map.of("location", ended.map(this::endOfSession).orElse(SIGNED_OUT)));
	}

	/** The session is gone already; what could not be taken back ends at the authorization server, where the browser goes next. */
	private void revoke(Tokens ended) {
		var form = new LinkedMultiValueMap<String, String>();
		form.add(OAuth2ParameterNames.TOKEN, ended.refresh());
		form.add(OAuth2ParameterNames.TOKEN_TYPE_HINT, OAuth2ParameterNames.REFRESH_TOKEN);
		try {
			server.post().uri(URI.create(settings.services().users() + "/oauth2/revoke"))
					.headers(
							headers -> headers.setBasicAuth(registration.getClientId(), registration.getClientSecret()))
					.contentType(MediaType.APPLICATION_FORM_URLENCODED).body(form).retrieve().toBodilessEntity();
		} catch (RestClientException e) {
			NOT_REVOKED.log("", LOG.atWarn(), "A refresh token was not revoked: " + e.getClass().getSimpleName());
		}
	}

	private String endOfSession(Tokens ended) {
		return UriComponentsBuilder.fromUriString(settings.issuer() + "/connect/logout")
				.queryParam("id_token_hint", "{token}").queryParam("client_id", "{client}")
				.queryParam("post_logout_redirect_uri", "{back}").encode()
				.buildAndExpand(ended.idToken(), registration.getClientId(), settings.siteUrl() + SIGNED_OUT)
				.toUriString();
	}
}
