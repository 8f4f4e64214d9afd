package io.rollcall.gateway.testing;

import java.io.IOException;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What the gateway needs of user-service: a token endpoint that is as strict as the real one (PKCE, a refresh token good once, one
 * used twice ends the sign-in), and an API that takes tokens which it has given and not taken back.
 */
public final class AuthorizationServerStub {
	public static final String SECRET = "the-secret-of-the-portal-client";
	private static final String ISSUER = "http://localhost:8080/auth";

	private record Granted(String nonce, String challenge, String redirectUri) {}

	private final RSAKey key;
	private final Map<String, Granted> codes = new HashMap<>();
	private final Map<String, String> families = new HashMap<>();
	/** Of each family of tokens. */
	private final Map<String, String> signIns = new HashMap<>();
	private final Set<String> usedRefreshTokens = new HashSet<>();
	private final Set<String> endedFamilies = new HashSet<>();
	private final Set<String> refusedAccessTokens = new HashSet<>();
	private final List<String> issuedSecrets = new ArrayList<>();
	private final List<String> revoked = new ArrayList<>();
	private int refreshes;
	private int reuses;
	private int tokenStatus = 200;
	private Duration lifetime = Duration.ofMinutes(1);
	private String account = "somebody";
	private String signIn = "";
	private boolean takesNoToken;
	private boolean goesOn;

	public AuthorizationServerStub() {
		try {
			key = new RSAKeyGenerator(2048).keyID("stub").generate();
		} catch (JOSEException e) {
			throw new IllegalStateException(e);
		}
	}

	/** The user has signed in at the address to which the browser was sent: the code that the browser brings back. */
	public synchronized String authorize(Map<String, String> request) {
		String code = "code-" + UUID.randomUUID();
		codes.put(code, new Granted(request.get("nonce"), request.get("code_challenge"), request.get("redirect_uri")));
		return code;
	}

	/** Whose sign-ins those from now on are: an account's id. */
	public synchronized void isVisitedBy(String account) {
		this.account = account;
	}

	/** The next code is given on the latest sign-in, as to whoever has its cookie. */
	public synchronized void goesOnWithTheSignIn() {
		goesOn = true;
	}

	/** How long access tokens live from now on. */
	public synchronized void accessTokensLive(Duration duration) {
		lifetime = duration;
	}

	/** What the token endpoint answers from now on, when not 200. */
	public synchronized void tokenEndpointAnswers(int status) {
		tokenStatus = status;
	}

	/** The rights have changed: tokens given until now are refused. */
	public synchronized void refuseAccessTokens() {
		issuedSecrets.stream().filter(token -> token.startsWith("access-")).forEach(refusedAccessTokens::add);
	}

	/** Something is wrong with this account: no token is any good. */
	public synchronized void takeNoToken() {
		takesNoToken = true;
	}

	/** The account was deactivated: nothing is renewed. */
	public synchronized void endAll() {
		endedFamilies.addAll(families.values());
	}

	public synchronized int refreshes() {
		return refreshes;
	}

	public synchronized int reuses() {
		return reuses;
	}

	public synchronized List<String> revoked() {
		return List.copyOf(revoked);
	}

	public synchronized List<String> issuedSecrets() {
		return List.copyOf(issuedSecrets);
	}

	/** An access token of a program. */
	public String programToken(String clientId) {
		return sign(new JWTClaimsSet.Builder().issuer(ISSUER).subject("somebody").claim("client_id", clientId));
	}

	public void handle(HttpExchange exchange, byte[] body) throws IOException {
		switch (exchange.getRequestURI().getPath()) {
			case "/oauth2/jwks" ->
				Service.write(exchange, 200, "application/json", new JWKSet(key.toPublicJWK()).toString());
			case "/oauth2/token" -> token(exchange, form(body));
			case "/oauth2/revoke" -> {
				synchronized (this) {
					revoked.add(form(body).get("token"));
				}
				Service.write(exchange, 200, "application/json", "");
			}
			default -> api(exchange);
		}
	}

	private synchronized void api(HttpExchange exchange) throws IOException {
		String authorization = exchange.getRequestHeaders().getFirst("Authorization");
		String token = authorization == null ? "" : authorization.replaceFirst("^Bearer ", "");
		boolean good = issuedSecrets.contains(token) && !refusedAccessTokens.contains(token) && !takesNoToken;
		Service.write(exchange, good ? 200 : 401, "application/json",
				"{\"token\":\"" + (good ? token : "refused") + "\"}");
	}

	private synchronized void token(HttpExchange exchange, Map<String, String> form) throws IOException {
		String basic = "Basic " + Base64.getEncoder().encodeToString(("portal:" + SECRET).getBytes(UTF_8));
		if (!basic.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
			refuse(exchange, 401, "invalid_client");
		} else if (tokenStatus != 200) {
			Service.write(exchange, tokenStatus, "text/plain", "away");
		} else if (form.get("grant_type").equals("authorization_code")) {
			Granted granted = codes.remove(form.get("code"));
			boolean good = granted != null && granted.redirectUri().equals(form.get("redirect_uri"))
					&& granted.challenge().equals(challenge(form.get("code_verifier")));
			if (good) {
				if (!goesOn) signIn = "sign-in-" + UUID.randomUUID();
				goesOn = false;
				String family = "family-" + UUID.randomUUID();
				signIns.put(family, signIn);
				answer(exchange, family, granted.nonce());
			} else {
				refuse(exchange, 400, "invalid_grant");
			}
		} else {
			String token = form.get("refresh_token");
			String family = families.get(token);
			refreshes++;
			if (!usedRefreshTokens.add(token)) {
				reuses++;
				endedFamilies.add(family);
			}
			if (family == null || endedFamilies.contains(family)) {
				refuse(exchange, 400, "invalid_grant");
			} else {
				answer(exchange, family, null);
			}
		}
	}

	private void answer(HttpExchange exchange, String family, String nonce) throws IOException {
		String access = "access-" + UUID.randomUUID();
		String refresh = "refresh-" + UUID.randomUUID();
		families.put(refresh, family);
		issuedSecrets.add(access);
		issuedSecrets.add(refresh);
		String idToken = sign(new JWTClaimsSet.Builder().issuer(ISSUER).subject(account).audience("portal")
				.claim("nonce", nonce).claim("sid", signIns.get(family)));
		Service.write(exchange, 200, "application/json",
				"{\"access_token\":\"%s\",\"refresh_token\":\"%s\",\"id_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
						.formatted(access, refresh, idToken, lifetime.toSeconds()));
	}

	private static void refuse(HttpExchange exchange, int status, String error) throws IOException {
		Service.write(exchange, status, "application/json", "{\"error\":\"" + error + "\"}");
	}

	private String sign(JWTClaimsSet.Builder claims) {
		try {
			var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("stub").build(),
					claims.issueTime(Date.from(Instant.now())).expirationTime(Date.from(Instant.now().plusSeconds(60)))
							.build());
			token.sign(new RSASSASigner(key));
			return token.serialize();
		} catch (JOSEException e) {
			throw new IllegalStateException(e);
		}
	}

	private static String challenge(String verifier) {
		try {
			return Base64.getUrlEncoder().withoutPadding()
					.encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	public static Map<String, String> form(byte[] body) {
		return parameters(new String(body, UTF_8));
	}

	public static Map<String, String> parameters(String encoded) {
		Map<String, String> parameters = new HashMap<>();
		for (String pair : encoded.split("&")) {
			String[] both = pair.split("=", 2);
			parameters.put(URLDecoder.decode(both[0], UTF_8),
					both.length == 1 ? "" : URLDecoder.decode(both[1], UTF_8));
		}
		return parameters;
	}
}
