package io.rollcall.user.credential;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A program that acts for an account, and what it signs in with.
 *
 * @param clientId its {@code client_id}: the account's id and a number of its own
 * @param name what its owner calls it
 * @param secretSha256 the hash of its secret, which is shown once, when it is made
 * @param madeFor codes of the organizations that the account had then; none of one that runs the system
 * @param lastUsedAt when it last had a token, as fine as a minute
 */
public record ApiClient(String clientId, String name, String secretSha256, Set<String> madeFor, Instant createdAt,
		@Nullable Instant lastUsedAt, @Nullable Instant revokedAt) {
	private static final String SEPARATOR = ".";

	/**
	 * A new one, not used yet.
	 *
	 * @param requestKey an owner's client made under the same key has the same id; null for an id like no other
	 */
	public static ApiClient of(UUID owner, String name, String secretSha256, @Nullable String requestKey, Instant now) {
		String number = requestKey == null ? UUID.randomUUID().toString() : Secrets.sha256(requestKey);
		return new ApiClient(owner + SEPARATOR + number.substring(0, 8), name, secretSha256, Set.of(), now, null,
				null);
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

	/** What tells it from the others of its account. */
	public String number() {
		return clientId.substring(clientId.indexOf(SEPARATOR) + 1);
	}

	public boolean isRevoked() {
		return revokedAt != null;
	}

	/** Whether an account with these organizations is still where it was made, or in a part of that. */
	public boolean belongsTo(Set<String> organizations) {
		return madeFor.equals(organizations) || !Collections.disjoint(madeFor, organizations);
	}

	public ApiClient madeFor(Set<String> organizations) {
		return new ApiClient(clientId, name, secretSha256, organizations, createdAt, lastUsedAt, revokedAt);
	}

	public ApiClient lastUsed(@Nullable Instant at) {
		return new ApiClient(clientId, name, secretSha256, madeFor, createdAt, at, revokedAt);
	}

	public ApiClient revoked(Instant now) {
		return isRevoked() ? this : new ApiClient(clientId, name, secretSha256, madeFor, createdAt, lastUsedAt, now);
	}
}
