package io.rollcall.acceptance.generator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import tools.jackson.databind.json.JsonMapper;

/** People whose credentials were just issued, as the notification-service hears of them: four mails each. */
public final class Newcomers {
	public static final String TOPIC = "credential-events";
	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** @param passwords by site */
	public record Newcomer(UUID accountId, String username, String address, Map<String, String> passwords) {}

	private final ECKey key;

	/** @param data the system's folder, for the public key in it */
	public Newcomers(Path data) {
		try {
			key = JWK.parse(Files.readString(data.resolve("secrets/credentials-public.jwk"))).toECKey();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} catch (ParseException e) {
			throw new IllegalStateException(e);
		}
	}

	public static List<Newcomer> of(String name, int count) {
		return IntStream.rangeClosed(1, count).mapToObj(i -> {
			String username = "%s.%05d".formatted(name, i);
			return new Newcomer(UUID.randomUUID(), username, username + "@newcomers.example",
					Map.of("PORTAL", password(), "TRAINING", password()));
		}).toList();
	}

	private static String password() {
		return "A1#" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
	}

	/** The events, by account id. */
	public Map<String, byte[]> events(List<Newcomer> newcomers) {
		Map<String, byte[]> events = new LinkedHashMap<>();
		newcomers.forEach(newcomer -> events.put(newcomer.accountId().toString(), event(newcomer)));
		return events;
	}

	private byte[] event(Newcomer newcomer) {
		Instant now = Instant.now();
		Map<String, Object> event = new LinkedHashMap<>();
		event.put("type", "CredentialsIssued");
		event.put("eventId", newcomer.accountId() + "/credentials");
		event.put("occurredAt", now.toString());
		event.put("accountId", newcomer.accountId());
		event.put("username", newcomer.username());
		event.put("firstName", "María");
		event.put("lastName", "Okafor");
		event.put("email", newcomer.address());
		event.put("sites", List.of("PORTAL", "TRAINING"));
		event.put("secrets", sealed(newcomer.passwords()));
		event.put("expiresAt", now.plus(Duration.ofHours(72)).toString());
		return JSON.writeValueAsBytes(event);
	}

	private String sealed(Map<String, String> passwords) {
		try {
			var jwe = new JWEObject(new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM)
					.keyID(key.getKeyID()).build(), new Payload(JSON.writeValueAsString(passwords)));
			jwe.encrypt(new ECDHEncrypter(key));
			return jwe.serialize();
		} catch (JOSEException e) {
			throw new IllegalStateException(e);
		}
	}
}
