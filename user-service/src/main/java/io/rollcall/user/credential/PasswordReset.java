package io.rollcall.user.credential;

import java.time.Instant;

/** A link to set a new password at a site, as it is kept: good once, until {@code expiresAt}. {@code sha256} is the token's. */
public record PasswordReset(Site site, String sha256, Instant expiresAt) {
	public boolean isOf(ResetToken token) {
		return Secrets.matches(token.value(), sha256);
	}
}
