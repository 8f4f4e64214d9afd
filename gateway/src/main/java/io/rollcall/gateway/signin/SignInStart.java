package io.rollcall.gateway.signin;

import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;

import io.rollcall.gateway.Paths;

/** {@code GET /login?returnTo=/path} begins a sign-in that ends at {@code returnTo}, a page of this site. */
@Component
final class SignInStart implements OAuth2AuthorizationRequestResolver {
	static final String RETURN_TO = "returnTo";

	/** One slash first: two, or a backslash, would be another host (RFC 3986 4.2, WHATWG URL). */
	private static final Pattern OWN_PATH = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\\"<>]]{0,2000}");
	private static final Pattern NO_PAGES = Pattern.compile("/(api|auth|login|logout|actuator)([/?#].*)?");
	private static final String SECOND = ".2";

	private final OAuth2AuthorizationRequestResolver requests;

	SignInStart(InMemoryClientRegistrationRepository registrations) {
		this.requests = new DefaultOAuth2AuthorizationRequestResolver(registrations, Paths.SIGN_IN);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
		if (!request.getMethod().equals("GET") || !Paths.of(request).equals(Paths.SIGN_IN)) return null;
		return resolve(request, SignIn.REGISTRATION);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
		OAuth2AuthorizationRequest made = requests.resolve(request, registrationId);
		if (made == null) return null;
		String state = made.getState() + (request.getParameter("again") == null ? "" : SECOND);
		return OAuth2AuthorizationRequest.from(made).state(state)
				.attributes(attributes -> attributes.put(RETURN_TO, ownPage(request.getParameter(RETURN_TO)))).build();
	}

	/** Whether the start with this state was already a second try. */
	static boolean isSecond(String state) {
		return state.endsWith(SECOND);
	}

	/** {@code path} when it is one of this site's pages, or else the first page. */
	static String ownPage(@Nullable String path) {
		return path != null && OWN_PATH.matcher(path).matches() && !NO_PAGES.matcher(path).matches() ? path : "/";
	}

	/** To a path of whatever host the browser is at: the host of a request is the sender's claim and is not repeated. */
	static void redirect(HttpServletResponse response, String path) {
		response.setStatus(HttpServletResponse.SC_FOUND);
		response.setHeader(HttpHeaders.LOCATION, path);
	}
}
