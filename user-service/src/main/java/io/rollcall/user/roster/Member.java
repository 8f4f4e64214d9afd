package io.rollcall.user.roster;

import java.util.Set;
import java.util.UUID;

import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Reach;

/**
 * Somebody with an active account at an organization.
 *
 * @param reach of whoever asked
 * @param firstName in the spelling of {@link Roster#spelling}, as the others
 */
public record Member(UUID id, Reach reach, Set<Organization> organizations, String firstName, String lastName,
		String email) {
	static Member of(RosterEntry entry, Reach reach) {
		return new Member(entry.id(), reach, entry.places().organizations(), entry.firstNameKey(),
				entry.lastNameKey(), entry.emailKey());
	}
}
