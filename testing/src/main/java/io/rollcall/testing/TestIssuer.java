package io.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
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
import com.sun.net.httpserver.HttpServer;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An issuer of access tokens as user-service writes them, with its key set served over HTTP. */
public final class TestIssuer implements AutoCloseable {
	private static final List<String> COORDINATOR = List.of("manage-users");

	private final RSAKey key;
	private final HttpServer server;

	private TestIssuer(RSAKey key, HttpServer server) {
		this.key = key;
		this.server = server;
	}

	static TestIssuer start() {
		try {
			RSAKey key = new RSAKeyGenerator(2048).keyID("test").generate();
			HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
			byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(UTF_8);
			server.createContext("/", exchange -> {
				exchange.getResponseHeaders().add("Content-Type", "application/json");
				exchange.sendResponseHeaders(200, keys.length);
				exchange.getResponseBody().write(keys);
				exchange.close();
			});
			server.start();
			return new TestIssuer(key, server);
		} catch (JOSEException e) {
			throw new IllegalStateException(e);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	static String issuerUri() {
		return "http://issuer.test/auth";
	}

	String jwkSetUri() {
		return "http://localhost:" + server.getAddress().getPort() + "/jwks";
	}

	/** A token of the service center: state-wide. */
	public String serviceCenter() {
		return token(UUID.randomUUID(), "SC", List.of(), List.of(), COORDINATOR);
	}

	/** A token of another service. */
	public String service(String name) {
		return sign(claims(name, "SERVICE", List.of(), List.of(), List.of(), "PORTAL"));
	}

	/** A token of a district test coordinator; {@code accountId} tells two of them apart. */
	public String districtCoordinator(UUID accountId, String... districts) {
		return token(accountId, "DTC", List.of(districts), List.of(districts), COORDINATOR);
	}

	/** The same of one who has signed in; the others are a program's. */
	public String signedIn(UUID accountId, String... districts) {
		var claims = claims(accountId.toString(), "DTC", List.of(districts), List.of(districts), COORDINATOR, "PORTAL");
		return sign(new JWTClaimsSet.Builder(claims).claim("sid", UUID.randomUUID().toString()).build());
	}

	/** A token with any role, organizations, the districts of these, and permissions. */
	public String token(UUID accountId, String role, List<String> organizations, List<String> districts,
			List<String> permissions) {
		return token(accountId, role, organizations, districts, permissions, "PORTAL");
	}

	/** The same of one of the sites, {@code PORTAL} or {@code TRAINING}. */
	public String token(UUID accountId, String role, List<String> organizations, List<String> districts,
			List<String> permissions, String site) {
		return sign(claims(accountId.toString(), role, organizations, districts, permissions, site));
	}

	/** A token of the service center that has been over for so long. */
	public String over(Duration since) {
		var claims = claims(UUID.randomUUID().toString(), "SC", List.of(), List.of(), COORDINATOR, "PORTAL");
		return sign(new JWTClaimsSet.Builder(claims).expirationTime(Date.from(Instant.now().minus(since))).build());
	}

	private JWTClaimsSet claims(String subject, String role, List<String> organizations, List<String> districts,
			List<String> permissions, String site) {
		return new JWTClaimsSet.Builder().issuer(issuerUri()).subject(subject).claim("role", role)
				.claim("organizations", organizations).claim("districts", districts).claim("permissions", permissions)
				.claim("username", "tester").claim("site", site).claim("client_id", "test")
				.expirationTime(Date.from(Instant.now().plusSeconds(600))).build();
	}

	private String sign(JWTClaimsSet claims) {
		try {
			var token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("test").build(), claims);
			token.sign(new RSASSASigner(key));
			return token.serialize();
		} catch (JOSEException e) {
			throw new IllegalStateException(e);
		}
	}

	@Override
	public void close() {
		server.stop(0);
	}
}
