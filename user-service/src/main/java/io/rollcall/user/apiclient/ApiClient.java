package io.rollcall.user.apiclient;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.credential.Secrets;

/**
 * A program that acts for an account.
 *
 * @param clientId its {@code client_id}: the account's id and a number of its own
 * @param secretSha256 the hash of its secret, which is shown once, when it is made
 * @param lastUsedAt when it last had a token, as fine as a minute
 */
public record ApiClient(String clientId, UUID owner, String name, String secretSha256, Instant createdAt,
		@Nullable Instant lastUsedAt, @Nullable Instant revokedAt) {
	private static final String SEPARATOR = ".";

	/**
	 * A new one, not used yet.
	 *
	 * @param requestKey an owner's client made under the same key has the same id; null for an id like no other
	 */
	static ApiClient of(UUID owner, String name, String secretSha256, @Nullable String requestKey, Instant now) {
		String number = requestKey == null ? UUID.randomUUID().toString() : Secrets.sha256(requestKey);
		return new ApiClient(owner + SEPARATOR + number.substring(0, 8), owner, name, secretSha256, now, null, null);
	}

	/** The account that a client id names, if it is one. */
	public static Optional<UUID> owner(String clientId) {
		try {
			int end = clientId.indexOf(SEPARATOR);
			return end < 0 ? Optional.empty() : Optional.of(UUID.fromString(clientId.substring(0, end)));
		} catch (IllegalArgumentException _) {
			return Optional.empty();
		}
	}

	public boolean isRevoked() {
		return revokedAt != null;
	}

	ApiClient revoked(Instant now) {
		return isRevoked() ? this : new ApiClient(clientId, owner, name, secretSha256, createdAt, lastUsedAt, now);
	}

	ApiClient used(Instant now) {
		return new ApiClient(clientId, owner, name, secretSha256, createdAt, now, revokedAt);
	}
}
