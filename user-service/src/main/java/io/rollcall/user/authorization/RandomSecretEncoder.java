package io.rollcall.user.authorization;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

import static java.nio.charset.StandardCharsets.UTF_8;

/** SHA-256, for secrets that are random and longer than 112 bits (NIST SP 800-63B-4, 3.1.2.2); never for what people think up. */
final class RandomSecretEncoder implements PasswordEncoder {
	@Override
	public String encode(@Nullable CharSequence secret) {
		if (secret == null) throw new IllegalArgumentException("no secret");
		try {
			return HexFormat.of()
					.formatHex(MessageDigest.getInstance("SHA-256").digest(secret.toString().getBytes(UTF_8)));
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e); // every Java platform has it
		}
	}

	@Override
	public boolean matches(@Nullable CharSequence secret, @Nullable String encoded) {
		return secret != null && encoded != null
				&& MessageDigest.isEqual(encode(secret).getBytes(UTF_8), encoded.getBytes(UTF_8));
	}
}
