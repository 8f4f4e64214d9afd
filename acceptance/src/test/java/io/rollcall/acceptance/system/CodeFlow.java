package io.rollcall.acceptance.system;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** How a site's gateway and a program come by their tokens (RFC 6749, 4.1 and 4.4; RFC 7636): the gateway shows its own to nobody. */
public final class CodeFlow {
	private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

	private CodeFlow() {}

	/** An access token of the sign-in that a browser has at a site, got with the site's own secret. */
	public static String token(RunningSystem system, HttpVisitor browser, String clientId, String site) {
		String redirect = site + "/login/oauth2/code/rollcall";
		String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
		URI back = browser.openUntil(site + "/auth/oauth2/authorize?response_type=code&scope=openid&state=s&nonce=n"
				+ "&client_id=" + clientId + "&redirect_uri=" + URLEncoder.encode(redirect, UTF_8)
				+ "&code_challenge_method=S256&code_challenge=" + challenge(verifier), redirect);
		String code = back.getQuery().replaceAll("(?:.*&)?code=([^&]*).*", "$1");
		String token = token(site, browser, clientId, system.secret(clientId + "-client-secret"),
				"grant_type=authorization_code&code=" + URLEncoder.encode(code, UTF_8) + "&redirect_uri="
						+ URLEncoder.encode(redirect, UTF_8) + "&code_verifier=" + verifier);
		if (token == null) throw new AssertionError("no token for the code");
		return token;
	}

	/** An access token of an API client, or null when it gets none. */
	public static @Nullable String clientToken(String site, HttpVisitor browser, String clientId, String secret) {
		return token(site, browser, clientId, secret, "grant_type=client_credentials");
	}

	private static @Nullable String token(String site, HttpVisitor browser, String clientId, String secret,
			String form) {
		String client = Base64.getEncoder()
				.encodeToString((clientId + ":" + URLEncoder.encode(secret, UTF_8)).getBytes(UTF_8));
		HttpResponse<String> answer = browser.callWith(site, "POST", "/auth/oauth2/token",
				BodyPublishers.ofString(form),
				"Authorization", "Basic " + client, "Content-Type", "application/x-www-form-urlencoded");
		return answer.statusCode() == 200 ? HttpVisitor.json(answer).path("access_token").asString() : null;
	}

	private static String challenge(String verifier) {
		try {
			return BASE64.encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(UTF_8)));
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}
}
