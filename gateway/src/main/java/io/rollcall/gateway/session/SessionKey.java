package io.rollcall.gateway.session;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;

import org.bson.types.Binary;

import io.rollcall.platform.Sha256;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What a cookie's value opens: the document's id (SHA-256, RFC 6234) and the key of its attributes (HKDF, RFC 5869; AES-256-GCM
 * with a random nonce, NIST SP 800-38D). Neither leads back to the value, nor one to the other.
 */
final class SessionKey {
	private static final int RANDOM_BYTES = 32;
	private static final int NONCE_BYTES = 12;
	private static final int TAG_BITS = 128;
	private static final byte[] PURPOSE = "rollcall session attributes 1".getBytes(UTF_8);
	private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_-]{43}");
	private static final SecureRandom RANDOM = new SecureRandom();

	private final Binary id;
	private final SecretKey key;

	private SessionKey(Binary id, SecretKey key) {
		this.id = id;
		this.key = key;
	}

	/** A new value for a cookie. */
	static String newValue() {
		byte[] random = new byte[RANDOM_BYTES];
		RANDOM.nextBytes(random);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

	/** Empty when no cookie of ours ever had this value. */
	static Optional<SessionKey> of(String value) {
		if (!SHAPE.matcher(value).matches()) return Optional.empty();
		byte[] secret = value.getBytes(UTF_8);
		try {
			return Optional.of(new SessionKey(new Binary(Sha256.bytes(secret)),
					KDF.getInstance("HKDF-SHA256").deriveKey("AES",
							HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(PURPOSE, 32))));
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e); // every Java platform has them
		}
	}

	Binary id() {
		return id;
	}

	/** The nonce and the sealed bytes. They open under the same name only. */
	Binary seal(String name, byte[] plain) {
		byte[] nonce = new byte[NONCE_BYTES];
		RANDOM.nextBytes(nonce);
		try {
			byte[] sealed = cipher(Cipher.ENCRYPT_MODE, name, nonce).doFinal(plain);
			byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
			System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
			return new Binary(both);
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Empty when it was not sealed under this name and key: somebody has changed the database. */
	Optional<byte[]> open(String name, Binary both) {
		byte[] bytes = both.getData();
		if (bytes.length < NONCE_BYTES + TAG_BITS / 8) return Optional.empty();
		try {
			return Optional.of(cipher(Cipher.DECRYPT_MODE, name, Arrays.copyOf(bytes, NONCE_BYTES)).doFinal(bytes,
					NONCE_BYTES, bytes.length - NONCE_BYTES));
		} catch (AEADBadTagException e) {
			return Optional.empty();
		} catch (GeneralSecurityException e) {
			throw new IllegalStateException(e);
		}
	}

	private Cipher cipher(int mode, String name, byte[] nonce) throws GeneralSecurityException {
		Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
		cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
		cipher.updateAAD(name.getBytes(UTF_8));
		return cipher;
	}
}
