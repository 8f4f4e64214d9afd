package io.rollcall.imports;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.security.Caller;

/**
 * Who uploaded, as the access token said then. Decides who may see the import ({@link ImportRepository}); what the rows may do is
 * decided by user-service by the account's rights at that time.
 */
public record Submitter(UUID accountId, @Nullable String username, String role, Set<String> organizations,
		Set<String> districts, Set<String> permissions) {
	/** What stands for the district of schools outside the public system (guide, Table 4). */
	private static final String NO_DISTRICT = "00000000";

	public static Submitter of(Caller caller) {
		return new Submitter(caller.account(), caller.username(), caller.role(), caller.organizations(),
				caller.districts(), caller.permissions());
	}

	public boolean isAccountOf(Caller caller) {
		return accountId.equals(caller.account());
	}

	/** As who it is named. */
	public String shown() {
		return username == null ? accountId.toString() : username;
	}

	/**
	 * Whose turn, and whose quota, an import takes: of several districts the first; without one, as at a school outside the public
	 * system, the first school; empty for the whole state.
	 */
	public Optional<String> district() {
		return districts.stream().filter(it -> !it.equals(NO_DISTRICT)).sorted().findFirst()
				.or(() -> organizations.stream().sorted().findFirst());
	}
}
