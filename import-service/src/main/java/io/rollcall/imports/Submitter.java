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
	static Submitter of(Caller caller) {
		return new Submitter(caller.account(), caller.username(), caller.role(), caller.organizations(),
				caller.districts(), caller.permissions());
	}

	/** Whose turn, and whose quota, an import takes: of several districts the first; empty for the whole state. */
	public Optional<String> district() {
		return districts.stream().sorted().findFirst();
	}
}
