package io.rollcall.imports;

import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.security.Caller;

/**
 * Who uploaded, as the access token said then. Decides who else may see the import; what the rows may do is decided by
 * user-service by the account's rights at that time.
 */
public record Submitter(UUID accountId, @Nullable String username, String role, Set<String> organizations,
		Set<String> districts, Set<String> permissions) {
	static Submitter of(Caller caller) {
		return new Submitter(caller.account(), caller.username(), caller.role(), caller.organizations(),
				caller.districts(), caller.permissions());
	}

	/**
	 * Own imports, and those of accounts that the caller may manage: of a role whose permissions are among the caller's
	 * (RULES, "who may grant or manage"), all of whose organizations are within the caller's own.
	 */
	boolean isSeenBy(Caller caller) {
		return caller.accountId().equals(accountId.toString()) || caller.isStateWide()
				|| caller.permissions().containsAll(permissions) && caller.contains(organizations, districts);
	}
}
