package io.rollcall.gateway.signin;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;
import org.springframework.security.oauth2.client.endpoint.RestClientRefreshTokenTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

import io.rollcall.gateway.GatewaySettings;
import io.rollcall.gateway.Refusal;
import io.rollcall.gateway.Refusal.Refused;
import io.rollcall.gateway.session.MongoSessions;
import io.rollcall.gateway.session.SessionsUnavailable;
import io.rollcall.gateway.session.StoredSession;
import io.rollcall.platform.Recurring;

/**
 * Lends the session's access token to requests of the web app, and renews it. A refresh token is good once, and one that is used
 * twice ends the whole sign-in, so of all requests on all instances one renews and the others wait for what it got (decision 14).
 */
@Component
public final class SessionTokens implements OAuth2AuthorizedClientRepository {
	/** A session with this attribute is one of somebody who is signed in. */
	public static final String ATTRIBUTE = "tokens";
	/** What a page elsewhere cannot send along: a form has no headers, and a script's would be asked for first (CORS). */
	static final String CSRF_HEADER = "X-Rollcall-CSRF";
	/** For whom the page was made that asks: the browser's other tabs share its session, and one of them may have changed it. */
	static final String ACCOUNT_HEADER = "X-Rollcall-Account";

	private static final Logger LOG = LoggerFactory.getLogger(SessionTokens.class);
	private static final Recurring REFUSED = new Recurring();
	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

	private final MongoSessions sessions;
	private final ClientRegistration registration;
	private final RestClientRefreshTokenTokenResponseClient refreshClient;
	private final String ownOrigin;

	SessionTokens(MongoSessions sessions, ClientRegistration registration,
			RestClientRefreshTokenTokenResponseClient refreshClient, GatewaySettings settings) {
		this.sessions = sessions;
		this.registration = registration;
		this.refreshClient = refreshClient;
		this.ownOrigin = settings.siteOrigin();
	}

	/** The authority that a request has by its session alone; it renews itself once. */
	public final class Lent {
		private final HttpSession session;
		private final String id;
		private Tokens tokens;

		private Lent(HttpSession session, Tokens tokens) {
			this.session = session;
			this.id = session.getId();
			this.tokens = tokens;
		}

		public String accessToken() {
			return tokens.access();
		}

		/**
		 * A service has refused the token: another one, which knows what has changed since.
		 *
		 * @throws Refused {@link Refusal#SESSION_ENDED} when there is none to be had any more
		 */
		public void renew() {
			// When there is none the cookie stays where it is: the browser may have got another one meanwhile, which must not be taken.
			tokens = renewed(session.getId(), tokens);
		}

		/**
		 * The password was changed with it: from now on the session answers to another cookie, so that a copy of this one is worth
		 * nothing, and the sign-in has no other here.
		 */
		public void changeCookie(HttpServletRequest request) {
			sessions.exclusively(session.getId(), stored -> {
				Optional<Tokens> latest = tokensOf(stored);
				if (stored == null || latest.isEmpty()) return false; // signed out meanwhile
				session.setAttribute(ATTRIBUTE, latest.get()); // another request may have renewed them
				endAll(stored);
				request.changeSessionId();
				return true;
			});
		}

		/** Whether the session has not ended meanwhile, wherever; to be asked while an answer goes on. */
		public boolean stands() {
			return sessions.stands(id);
		}

		/**
		 * Nobody knows whether the password was changed with it, or the session got no other cookie afterwards: it ends, and whatever
		 * else stands on its sign-in here. No lock is waited for: whoever works on it does not bring it back.
		 *
		 * @param cause why nobody knows, if it is not an answer
		 */
		public Refused endedUncertain(@Nullable Throwable cause) {
			Object sid = session.getAttribute(MongoSessions.SID);
			try {
				session.invalidate(); // the browser loses the cookie whatever becomes of the rest
				sessions.deleteById(id);
				if (sid instanceof String signIn) sessions.deleteBySid(signIn);
			} catch (SessionsUnavailable e) {
				LOG.error("The session of a changed password could not be ended: the store of sessions is away");
			}
			return new Refused(Refusal.PASSWORD_UNCERTAIN, cause);
		}

		/** Even a new token was refused. */
		public Refused ended() {
			session.invalidate();
			return new Refused(Refusal.SESSION_ENDED);
		}
	}

	/**
	 * What the session of this request lends to it; empty when it has none, nobody is signed in, or it brings a token of its own.
	 *
	 * @throws Refused when it would change something and does not prove that it comes from this site's own page, when that page is
	 *         another person's, or when the session has ended
	 */
	public Optional<Lent> lentTo(HttpServletRequest request) {
		if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) return Optional.empty();
		HttpSession session = request.getSession(false);
		if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof Tokens tokens)) {
			return Optional.empty();
		}
		checkOwnPage(request);
		checkOwnAccount(request, tokens);
		var lent = new Lent(session, tokens);
		if (tokens.expireSoon(Instant.now())) lent.renew();
		return Optional.of(lent);
	}

	/** Whether the browser's session has tokens, or the request one of its own. Whether they are still good is not asked. */
	public static boolean isSignedIn(HttpServletRequest request) {
		if (request.getHeader(HttpHeaders.AUTHORIZATION) != null) return true;
		HttpSession session = request.getSession(false);
		return session != null && session.getAttribute(ATTRIBUTE) instanceof Tokens;
	}

	/** By its method (RFC 9110, 9.2.1). Pages elsewhere may send it, too. */
	public static boolean changesNothing(HttpServletRequest request) {
		return SAFE.contains(request.getMethod());
	}

	/**
	 * Whether a request would change something and does not prove that a page of this site sends it. OWASP: a custom header, and what
	 * the browser itself says about where the request comes from.
	 *
	 * @param ownOrigin this site's
	 */
	public static boolean isFromElsewhere(HttpServletRequest request, String ownOrigin) {
		if (changesNothing(request)) return false;
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		String site = request.getHeader("Sec-Fetch-Site");
		return !"1".equals(request.getHeader(CSRF_HEADER)) || origin != null && !origin.equals(ownOrigin)
				|| site != null && !site.equals("same-origin");
	}

	void checkOwnPage(HttpServletRequest request) {
		if (isFromElsewhere(request, ownOrigin)) {
			REFUSED.log("cross-site", LOG.atWarn(),
					"A request that would change something does not come from a page of this site");
			throw new Refused(Refusal.CROSS_SITE);
		}
	}

	/** A page says whose it is, and gets and does nothing in anybody else's name. */
	private static void checkOwnAccount(HttpServletRequest request, Tokens tokens) {
		String account = request.getHeader(ACCOUNT_HEADER);
		if (account != null && !account.equals(tokens.account())) throw new Refused(Refusal.ANOTHER_ACCOUNT);
	}

	private Tokens renewed(String sessionId, Tokens seen) {
		return sessions.exclusively(sessionId, stored -> {
			Tokens now = tokensOf(stored).orElse(null);
			if (stored == null || now == null) throw new Refused(Refusal.SESSION_ENDED);
			return now.refresh().equals(seen.refresh()) ? renew(stored, now) : now;
		});
	}

	private Tokens renew(StoredSession stored, Tokens now) {
		OAuth2AccessTokenResponse response;
		try {
			// When it was issued is not known any more, and nothing asks for it.
			var access = new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, now.access(),
					now.expiresAt().minusSeconds(1), now.expiresAt());
			response = refreshClient.getTokenResponse(
					new OAuth2RefreshTokenGrantRequest(registration, access,
							new OAuth2RefreshToken(now.refresh(), null)));
		} catch (OAuth2AuthorizationException e) {
			String code = e.getError().getErrorCode();
			if (code.equals(OAuth2ErrorCodes.INVALID_GRANT)) {
				sessions.deleteById(stored.getId());
				throw new Refused(Refusal.SESSION_ENDED);
			}
			REFUSED.log(code, LOG.atWarn(), "A token was not renewed: " + code);
			throw new Refused(Refusal.AWAY);
		}
		var next = new Tokens(response.getAccessToken().getTokenValue(), expiry(response.getAccessToken()),
				response.getRefreshToken() == null ? now.refresh() : response.getRefreshToken().getTokenValue(),
				response.getAdditionalParameters().get(OidcParameterNames.ID_TOKEN) instanceof String idToken
						? idToken
						: now.idToken());
		stored.setAttribute(ATTRIBUTE, next);
		sessions.save(stored);
		return next;
	}

	private static Instant expiry(OAuth2AccessToken token) {
		return token.getExpiresAt() == null ? Instant.now() : token.getExpiresAt();
	}

	private static Optional<Tokens> tokensOf(@Nullable StoredSession stored) {
		return Optional.ofNullable(stored).flatMap(found -> found.attribute(ATTRIBUTE, Tokens.class));
	}

	/** This session and whichever else stands on its sign-in: whoever has copied the cookie of the sign-in pages may have made one. */
	private void endAll(StoredSession stored) {
		stored.attribute(MongoSessions.SID, String.class).ifPresent(sessions::deleteBySid);
		sessions.deleteById(stored.getId());
	}

	/** Ends the sign-in of this request's session here; returns what the session could do until now, as the store knows it. */
	Optional<Tokens> end(HttpSession session) {
		Optional<Tokens> tokens = sessions.exclusively(session.getId(), stored -> {
			if (stored != null) endAll(stored);
			return tokensOf(stored);
		});
		session.invalidate();
		return tokens;
	}

	/** Unsupported: nothing here asks Spring Security for the client; {@link #lentTo} is the way. */
	@Override
	@SuppressWarnings("TypeParameterUnusedInFormals")
	public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String registrationId,
			Authentication principal, HttpServletRequest request) {
		throw new UnsupportedOperationException();
	}

	/** At the end of a sign-in. Right after it the session gets another cookie. */
	@Override
	public void saveAuthorizedClient(OAuth2AuthorizedClient client, Authentication principal,
			HttpServletRequest request, HttpServletResponse response) {
		OAuth2RefreshToken refresh = client.getRefreshToken();
		if (!(principal.getPrincipal() instanceof OidcUser user) || refresh == null) {
			throw new IllegalStateException("the authorization server gave no ID token or no refresh token");
		}
		HttpSession session = request.getSession();
		session.setAttribute(ATTRIBUTE, new Tokens(client.getAccessToken().getTokenValue(),
				expiry(client.getAccessToken()), refresh.getTokenValue(), user.getIdToken().getTokenValue()));
		String sid = user.getIdToken().getClaimAsString("sid");
		if (sid != null) session.setAttribute(MongoSessions.SID, sid);
	}

	@Override
	public void removeAuthorizedClient(String registrationId, Authentication principal, HttpServletRequest request,
			HttpServletResponse response) {
		throw new UnsupportedOperationException();
	}
}
