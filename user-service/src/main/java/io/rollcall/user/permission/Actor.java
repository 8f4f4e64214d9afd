package io.rollcall.user.permission;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.directory.Organization;

/**
 * Who acts, and the one policy on what they may do to whom; forms, bulk actions and rows of imports all ask here.
 *
 * @param accountId the acting account; absent for the system itself
 * @param organizations codes of the actor's own organizations; a district's contains its schools
 */
public record Actor(@Nullable UUID accountId, Role role, Set<String> organizations) {
	/** The system itself, at first start. */
	public static final Actor SYSTEM = new Actor(null, Role.SC, Set.of());
	/** Someone without any right, as an account that has been deactivated. */
	public static final Actor NOBODY = new Actor(null, Role.OPS, Set.of());

	public boolean isStateWide() {
		return role == Role.SC;
	}

	public boolean owns(Organization organization) {
		return isStateWide() || organizations.contains(organization.code())
				|| organizations.contains(organization.district());
	}

	public boolean ownsAll(Collection<Organization> theirs) {
		return isStateWide() || !theirs.isEmpty() && theirs.stream().allMatch(this::owns);
	}

	/** At least one of the account's organizations is one's own; oneself always. */
	public boolean sees(UUID account, Collection<Organization> theirs) {
		return isStateWide() || account.equals(accountId) || theirs.stream().anyMatch(this::owns);
	}

	public boolean is(UUID account) {
		return account.equals(accountId);
	}
}
