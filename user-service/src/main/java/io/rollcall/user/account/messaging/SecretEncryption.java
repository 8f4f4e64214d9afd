package io.rollcall.user.account.messaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Encrypts what only notification-service may read: compact JWE (RFC 7516), ECDH-ES with A256GCM, to the key of its key file. */
@Component
class SecretEncryption {
	/** @param publicKeyFile a JWK (RFC 7517) of notification-service, kty EC, crv P-256, with a kid */
	@ConfigurationProperties("rollcall.secrets")
	record Settings(Path publicKeyFile) {}

	private final ECDHEncrypter encrypter;
	private final JWEHeader header;
	private final JsonMapper json;

	SecretEncryption(Settings settings, JsonMapper json) {
		this.json = json;
		try {
			ECKey key = JWK.parse(Files.readString(settings.publicKeyFile())).toECKey();
			this.encrypter = new ECDHEncrypter(key);
			this.header = new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM).keyID(key.getKeyID())
					.build();
		} catch (IOException | ParseException | JOSEException e) {
			throw new IllegalStateException("rollcall.secrets.public-key-file (" + settings.publicKeyFile()
					+ ") does not hold the public key of notification-service as an EC P-256 JWK", e);
		}
	}

	/** The names and values as a JSON object, encrypted. */
	String encrypt(Map<String, String> secrets) {
		return encrypt(new Payload(json.writeValueAsBytes(secrets)));
	}

	/** One secret as it is, encrypted. */
	String encrypt(String secret) {
		return encrypt(new Payload(secret));
	}

	private String encrypt(Payload payload) {
		try {
			var jwe = new JWEObject(header, payload);
			jwe.encrypt(encrypter);
			return jwe.serialize();
		} catch (JOSEException e) {
			throw new IllegalStateException("a secret could not be encrypted", e);
		}
	}
}
