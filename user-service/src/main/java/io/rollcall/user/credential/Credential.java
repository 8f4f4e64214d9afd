package io.rollcall.user.credential;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** The password of an account at one site, as it is kept: never in a form that could be read back. */
public sealed interface Credential {
	/**
	 * A password that was generated and mailed. Good for one sign-in; a random secret of over 112 bits, so its plain hash is
	 * enough (NIST SP 800-63B-4, 3.1.2.2).
	 *
	 * @param sha256 hash of the password, in hexadecimal
	 * @param usedAt when it was signed in with; a second time it is not taken
	 */
	record Generated(String sha256, Instant issuedAt, Instant expiresAt,
			@Nullable Instant usedAt) implements Credential {}

	/** A password of the person's own choice; {@code hash} in the encoder's own format. */
	record Own(String hash, Instant setAt) implements Credential {}
}
