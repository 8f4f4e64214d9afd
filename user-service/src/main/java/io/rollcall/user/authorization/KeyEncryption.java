package io.rollcall.user.authorization;

import java.text.ParseException;
import java.util.Base64;
import java.util.List;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Encrypts the keys that sign tokens, so that whoever reads the database, in a backup say, signs none: each as an encrypted JWK
 * (RFC 7517, 7), A256GCM under a configured key.
 */
@Component
class KeyEncryption {
	private static final int BYTES = 32;
	/** RFC 7517, 7. */
	private static final String CONTENT_TYPE = "jwk+json";

	/**
	 * @param keys 256 random bits each, base64url. The first encrypts; the others are earlier ones, which still decrypt
	 */
	@ConfigurationProperties("rollcall.key-encryption")
	record Settings(List<String> keys) {}

	private final List<OctetSequenceKey> keys;

	KeyEncryption(Settings settings) {
		this.keys = settings.keys().stream().map(KeyEncryption::key).toList();
		if (keys.isEmpty()) throw unusable();
	}

	private static OctetSequenceKey key(String encoded) {
		try {
			byte[] bytes = Base64.getUrlDecoder().decode(encoded.strip());
			if (bytes.length != BYTES) throw unusable();
			return new OctetSequenceKey.Builder(bytes).keyIDFromThumbprint().build();
		} catch (IllegalArgumentException | JOSEException _) {
			throw unusable();
		}
	}

	/** Never says what it was given. */
	private static IllegalStateException unusable() {
		return new IllegalStateException(
				"rollcall.key-encryption.keys (ROLLCALL_KEY_ENCRYPTION_KEY) must have keys of 256 bits, base64url");
	}

	/** A compact JWE (RFC 7516). */
	String encrypt(JWK key) {
		try {
			var header = new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A256GCM).contentType(CONTENT_TYPE)
					.keyID(keys.getFirst().getKeyID()).build();
			var jwe = new JWEObject(header, new Payload(key.toJSONString()));
			jwe.encrypt(new DirectEncrypter(keys.getFirst()));
			return jwe.serialize();
		} catch (JOSEException e) {
			throw new IllegalStateException("a signing key could not be encrypted", e);
		}
	}

	/** @throws IllegalStateException when none of the configured keys opens it */
	JWK decrypt(String encrypted) {
		try {
			var jwe = JWEObject.parse(encrypted);
			String id = jwe.getHeader().getKeyID();
			OctetSequenceKey key = keys.stream().filter(it -> it.getKeyID().equals(id)).findFirst()
					.orElseThrow(() -> new IllegalStateException("a signing key in the database was encrypted under "
							+ "another key than those of ROLLCALL_KEY_ENCRYPTION_KEY"));
			jwe.decrypt(new DirectDecrypter(key));
			return JWK.parse(jwe.getPayload().toString());
		} catch (JOSEException | ParseException e) {
			throw new IllegalStateException("a signing key cannot be read", e);
		}
	}

	/** Whether it is encrypted, and under the key that encrypts now. */
	boolean isCurrent(String stored) {
		try {
			return keys.getFirst().getKeyID().equals(JWEObject.parse(stored).getHeader().getKeyID());
		} catch (ParseException _) {
			return false;
		}
	}
}
