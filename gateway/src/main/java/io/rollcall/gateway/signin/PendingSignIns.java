package io.rollcall.gateway.signin;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.stereotype.Component;

import io.rollcall.gateway.AnswerHeaders;

/**
 * Sign-ins that have begun and not come back yet, in the session. Spring Security's own repository keeps one, so that a second tab
 * would undo the first; here the last few are kept, by their state.
 */
@Component
final class PendingSignIns implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {
	static final String ATTRIBUTE = "pending";
	private static final int TABS = 10;

	/** What of a start is needed when it comes back; the rest is the same for all. */
	record PendingSignIn(String state, String nonce, String codeVerifier, String returnTo) {}

	record Pending(List<PendingSignIn> signIns) {}

	private final ClientRegistration registration;

	PendingSignIns(ClientRegistration registration) {
		this.registration = registration;
	}

	@Override
	public void saveAuthorizationRequest(OAuth2AuthorizationRequest request, HttpServletRequest http,
			HttpServletResponse response) {
		AnswerHeaders.DATA.on(response);
		HttpSession session = http.getSession();
		var begun = new PendingSignIn(present(request.getState()),
				present(request.getAttribute(OidcParameterNames.NONCE)),
				present(request.getAttribute(PkceParameterNames.CODE_VERIFIER)),
				present(request.getAttribute(SignInStart.RETURN_TO)));
		List<PendingSignIn> all = Stream.concat(pending(session).stream(), Stream.of(begun)).toList();
		session.setAttribute(ATTRIBUTE, new Pending(all.subList(Math.max(0, all.size() - TABS), all.size())));
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest http) {
		return find(http).map(this::request).orElse(null);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest http,
			HttpServletResponse response) {
		AnswerHeaders.DATA.on(response);
		Optional<PendingSignIn> found = find(http);
		found.ifPresent(signIn -> {
			HttpSession session = http.getSession();
			List<PendingSignIn> others = pending(session).stream().filter(other -> !other.equals(signIn)).toList();
			session.setAttribute(ATTRIBUTE, new Pending(others));
			http.setAttribute(SignInStart.RETURN_TO, signIn.returnTo());
		});
		return found.map(this::request).orElse(null);
	}

	private static Optional<PendingSignIn> find(HttpServletRequest http) {
		HttpSession session = http.getSession(false);
		String state = http.getParameter(OAuth2ParameterNames.STATE);
		if (session == null || state == null) return Optional.empty();
		return pending(session).stream().filter(signIn -> signIn.state().equals(state)).findFirst();
	}

	private static List<PendingSignIn> pending(HttpSession session) {
		return session.getAttribute(ATTRIBUTE) instanceof Pending(List<PendingSignIn> signIns) ? signIns : List.of();
	}

	private OAuth2AuthorizationRequest request(PendingSignIn signIn) {
		return OAuth2AuthorizationRequest.authorizationCode()
				.authorizationUri(present(registration.getProviderDetails().getAuthorizationUri()))
				.clientId(registration.getClientId()).redirectUri(registration.getRedirectUri())
				.scopes(registration.getScopes()).state(signIn.state()).attributes(attributes -> {
					attributes.put(OAuth2ParameterNames.REGISTRATION_ID, registration.getRegistrationId());
					attributes.put(OidcParameterNames.NONCE, signIn.nonce());
					attributes.put(PkceParameterNames.CODE_VERIFIER, signIn.codeVerifier());
				}).build();
	}

	private static String present(@Nullable String value) {
		return Objects.requireNonNull(value, "a start has a state, a nonce, a verifier and a way back");
	}
}
