package io.rollcall.user.credential;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

import io.rollcall.platform.Sha256;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Random secrets that go out into the world, and the plain hashes by which they are known again. Good for what is random and
 * longer than 112 bits (NIST SP 800-63B-4, 3.1.2.2); never for what people think up.
 */
public final class Secrets {
	private static final SecureRandom RANDOM = new SecureRandom();

	private Secrets() {}

	/** 256 random bits, as 43 characters that are safe in addresses and cookies. */
	public static String random() {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(randomBytes(32));
	}

	/** 128 random bits or more, for a secret that is more than a text. */
	public static byte[] randomBytes(int count) {
		byte[] bytes = new byte[count];
		RANDOM.nextBytes(bytes);
		return bytes;
	}

	/** SHA-256 in hexadecimal. */
	public static String sha256(String secret) {
		return Sha256.hex(secret);
	}

	/** Whether {@code secret} is the one of this hash; takes as long when it is not. */
	public static boolean matches(String secret, String sha256) {
		return MessageDigest.isEqual(sha256(secret).getBytes(UTF_8), sha256.getBytes(UTF_8));
	}
}
