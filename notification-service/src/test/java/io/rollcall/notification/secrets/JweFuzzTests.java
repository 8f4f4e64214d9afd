package io.rollcall.notification.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailKind;
import io.rollcall.notification.SecretOpener.KeyMissing;
import io.rollcall.notification.SecretOpener.Unreadable;
import io.rollcall.notification.Site;
import io.rollcall.notification.secrets.JweSecretOpener.SecretsSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever comes as a sealed secret opens as what was sealed, or is unreadable. */
class JweFuzzTests {
	private static final String SECRET = "{\"PORTAL\":\"the password\"}";
	private static final Instant NOW = Instant.parse("2026-11-23T08:15:30Z");
	private static Path file;
	private static JweSecretOpener opener;
	private static String sealed;

	@BeforeAll
	static void makeKey() throws IOException, JOSEException {
		ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
		file = Files.createTempFile("secrets", ".jwk");
		Files.writeString(file, new JWKSet(key).toString(false));
		opener = new JweSecretOpener(new SecretsSettings(file), JsonMapper.builder().build());
		var jwe = new JWEObject(
				new JWEHeader.Builder(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM).keyID("1").build(),
				new Payload(SECRET));
		jwe.encrypt(new ECDHEncrypter(key));
		sealed = jwe.serialize();
	}

	@AfterAll
	static void deleteKey() throws IOException {
		Files.delete(file);
	}

	@DictionaryEntries({"eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSIsImtpZCI6IjEifQ", "....", "\\x22epk\\x22:{}",
			"\\x22zip\\x22:\\x22DEF\\x22", "\\x22crit\\x22:[\\x22exp\\x22]"})
	@FuzzTest(maxDuration = "60s")
	void everySealedSecretOpensAsItWasSealedOrIsUnreadable(FuzzedDataProvider data) {
		String text = switch (data.consumeInt(0, 2)) {
			case 0 -> data.consumeRemainingAsString();
			case 1 -> withPart(data);
			default -> withCharacter(data);
		};
		var mail = new Mail("cause/1", MailKind.PASSWORD, Site.PORTAL, new UUID(1, 2),
				new Addressee("jane", "Jane", "Doe", "jane@agawam.example"), NOW, NOW.plusSeconds(60), text, Map.of(),
				null);
		try {
			assertThat(opener.open(mail).of(mail)).isEqualTo("the password");
		} catch (Unreadable | KeyMissing e) {
			assertThat(e.getMessage()).doesNotContain("the password");
		}
	}

	/** The sealed secret with another header, key, initialization vector, text or tag. */
	private static String withPart(FuzzedDataProvider data) {
		String[] parts = sealed.split("\\.");
		parts[data.consumeInt(0, 4)] = data.consumeBoolean()
				? com.nimbusds.jose.util.Base64URL.encode(data.consumeRemainingAsBytes()).toString()
				: data.consumeRemainingAsString();
		return String.join(".", parts);
	}

	private static String withCharacter(FuzzedDataProvider data) {
		int at = data.consumeInt(0, sealed.length() - 1);
		return sealed.substring(0, at) + data.consumeRemainingAsString() + sealed.substring(at + 1);
	}
}
