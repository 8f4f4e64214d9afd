package io.rollcall.user.account.messaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import javax.crypto.SecretKey;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWECryptoParts;
import com.nimbusds.jose.JWEEncrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.impl.ECDH;
import com.nimbusds.jose.crypto.impl.ECDHCryptoProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Encrypts what only notification-service may read: compact JWE (RFC 7516), ECDH-ES+A256KW with A256GCM, to the key of its key
 * file. The key agreement costs a hundred times the rest and is done once for many secrets; each of them has a random
 * content key of its own, wrapped with what was agreed on (ADR 16).
 */
@Component
class SecretEncryption {
	/** How many secrets one agreement serves at most, and for how long. */
	static final int SECRETS = 1000;
	private static final Duration LIFETIME = Duration.ofSeconds(10);

	/** @param publicKeyFile a JWK (RFC 7517) of notification-service, kty EC, crv P-256, with a kid */
	@ConfigurationProperties("rollcall.secrets")
	record Settings(Path publicKeyFile) {}

	private final ECKey recipient;
	private final JsonMapper json;
	private @Nullable Agreement agreement;

	SecretEncryption(Settings settings, JsonMapper json) {
		this.json = json;
		try {
			this.recipient = JWK.parse(Files.readString(settings.publicKeyFile())).toECKey();
			current(); // the curve is not P-256: now, not with the first account
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
			Agreement agreed = current();
			var jwe = new JWEObject(agreed.header, payload);
			jwe.encrypt(agreed);
			return jwe.serialize();
		} catch (JOSEException e) {
			throw new IllegalStateException("a secret could not be encrypted", e);
		}
	}

	private synchronized Agreement current() throws JOSEException {
		Agreement present = agreement;
		if (present == null || present.left == 0 || System.nanoTime() - present.until > 0) {
			present = Agreement.with(recipient);
			agreement = present;
		}
		present.left--;
		return present;
	}

	/** An ephemeral key and what follows from it and the recipient's; the ephemeral private key is forgotten at once. */
	private static final class Agreement extends ECDHCryptoProvider implements JWEEncrypter {
		private final JWEHeader header;
		private final SecretKey shared;
		private final long until = System.nanoTime() + LIFETIME.toNanos();
		private int left = SECRETS;

		private Agreement(JWEHeader header, SecretKey shared) throws JOSEException {
			super(Curve.P_256, null);
			this.header = header;
			this.shared = shared;
		}

		static Agreement with(ECKey recipient) throws JOSEException {
			if (!Curve.P_256.equals(recipient.getCurve())) throw new JOSEException("not on P-256");
			try {
				var keys = KeyPairGenerator.getInstance("EC");
				keys.initialize(Curve.P_256.toECParameterSpec());
				KeyPair ephemeral = keys.generateKeyPair();
				SecretKey shared = ECDH.deriveSharedSecret(recipient.toECPublicKey(), ephemeral.getPrivate(), null);
				var header = new JWEHeader.Builder(JWEAlgorithm.ECDH_ES_A256KW, EncryptionMethod.A256GCM)
						.keyID(recipient.getKeyID())
						.ephemeralPublicKey(
								new ECKey.Builder(Curve.P_256, (ECPublicKey) ephemeral.getPublic()).build())
						.build();
				return new Agreement(header, shared);
			} catch (GeneralSecurityException e) {
				throw new JOSEException("no key agreement", e);
			}
		}

		@Override
		public Set<Curve> supportedEllipticCurves() {
			return Set.of(Curve.P_256);
		}

		@Override
		public JWECryptoParts encrypt(JWEHeader header, byte[] clearText, byte[] aad) throws JOSEException {
			return encryptWithZ(header, shared, clearText, aad);
		}
	}
}
