package io.rollcall.user.authorization;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

import io.rollcall.user.credential.Secrets;

/** SHA-256, for the secrets of clients, which are random. */
final class RandomSecretEncoder implements PasswordEncoder {
	@Override
	public String encode(@Nullable CharSequence secret) {
		if (secret == null) throw new IllegalArgumentException("no secret");
		return Secrets.sha256(secret.toString());
	}

	@Override
	public boolean matches(@Nullable CharSequence secret, @Nullable String encoded) {
		return secret != null && encoded != null && Secrets.matches(secret.toString(), encoded);
	}
}
