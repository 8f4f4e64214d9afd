package io.rollcall.acceptance.system;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import org.bson.Document;

/** Accounts as user-service keeps them, for as many as a test or a benchmark cannot import. */
public final class StoredAccounts {
	private static final int AT_ONCE = 500;

	private StoredAccounts() {}

	/** An account that nobody has signed in to. */
	public static Document of(UUID id, String username, String firstName, String lastName, String role,
			String organization) {
		int end = organization.indexOf('-', organization.startsWith("00-") ? 3 : 0);
		String district = end < 0 ? organization : organization.substring(0, end);
		var credential = new Document("kind", "generated").append("sha256", "0".repeat(64))
				.append("issuedAt", new Date()).append("expiresAt", new Date()).append("usedAt", null);
		Date now = Date.from(Instant.now());
		return new Document("_id", username).append("accountId", Databases.uuid(id))
				.append("username", username).append("firstName", firstName).append("lastName", lastName)
				.append("email", username + "@people.example").append("role", role).append("status", "active")
				.append("organizations",
						List.of(new Document("code", organization).append("level", end < 0 ? "district" : "school")
								.append("district", district)))
				.append("scope", end < 0 ? List.of(district) : List.of(organization, district))
				.append("programs", List.of()).append("phone", null).append("fax", null).append("address", null)
				.append("credentials", new Document("PORTAL", credential).append("TRAINING", credential))
				.append("issue", username + "/credentials").append("version", 1L).append("createdAt", now)
				.append("updatedAt", now).append("applied", List.of()).append("outbox", List.of());
	}

	/**
	 * Puts them in while user-service is away, for it reads its list at start; returns when it is back.
	 *
	 * @return how long it took to start
	 */
	public static Duration add(RunningSystem system, List<Document> accounts) {
		system.stop(RunningSystem.USER_SERVICE);
		for (int from = 0; from < accounts.size(); from += AT_ONCE)
			system.databases().insert(Databases.USERS, "accounts",
					accounts.subList(from, Math.min(from + AT_ONCE, accounts.size())));
		Instant begin = Instant.now();
		system.start(RunningSystem.USER_SERVICE);
		return Duration.between(begin, Instant.now());
	}
}
