package io.rollcall.acceptance.system;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.RSAPrivateKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Access tokens as the running system's issuer signs them, with its own key: a test of thousands of calls cannot sign in by hand
 * each time a token of a minute has run out.
 */
public final class Tokens {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

	/** What a token says of an account. */
	public record Subject(String id, String username, String role, List<String> organizations, List<String> districts,
			List<String> permissions, String site, long version) {}

	private final String issuer;
	private final String keyId;
	private final PrivateKey key;

	Tokens(String issuer, Databases databases) {
		this.issuer = issuer;
		try {
			JsonNode jwk = databases.signingKey();
			this.keyId = jwk.path("kid").asString();
			this.key = KeyFactory.getInstance("RSA")
					.generatePrivate(new RSAPrivateKeySpec(number(jwk, "n"), number(jwk, "d")));
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	private static BigInteger number(JsonNode jwk, String name) {
		return new BigInteger(1, Base64.getUrlDecoder().decode(jwk.path(name).asString()));
	}

	/** Good for ten minutes. */
	public String of(Subject subject) {
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("iss", issuer);
		claims.put("sub", subject.id());
		claims.put("username", subject.username());
		claims.put("role", subject.role());
		claims.put("organizations", subject.organizations());
		claims.put("districts", subject.districts());
		claims.put("permissions", subject.permissions());
		claims.put("site", subject.site());
		claims.put("account_version", subject.version());
		claims.put("client_id", subject.site().toLowerCase(java.util.Locale.ROOT));
		claims.put("jti", UUID.randomUUID().toString());
		return signed(claims);
	}

	/** A genuine one that says all that it said, good for ten minutes from now. */
	public String lasting(String genuine) {
		byte[] claims = Base64.getUrlDecoder().decode(genuine.split("\\.")[1]);
		return signed(JSON.readValue(claims, new TypeReference<Map<String, Object>>() {
		}));
	}

	private String signed(Map<String, Object> claims) {
		Instant now = Instant.now();
		claims.put("iat", now.getEpochSecond());
		claims.put("exp", now.plusSeconds(600).getEpochSecond());
		String signed = part(Map.of("alg", "RS256", "kid", keyId, "typ", "JWT")) + '.' + part(claims);
		try {
			Signature signature = Signature.getInstance("SHA256withRSA");
			signature.initSign(key);
			signature.update(signed.getBytes(UTF_8));
			return signed + '.' + BASE64.encodeToString(signature.sign());
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	private static String part(Object value) {
		return BASE64.encodeToString(JSON.writeValueAsBytes(value));
	}
}
