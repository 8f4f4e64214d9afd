package io.rollcall.user.permission;

import java.util.Collection;
import java.util.List;
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

	/** How far one's rights over an account go: the one answer that every change of an account by somebody else rests on. */
	public Reach reach(UUID account, Role theirRole, Collection<Organization> theirs) {
		if (!sees(account, theirs)) return new Reach.Unseen();
		if (is(account)) return new Reach.Oneself();
		if (!role.manages(theirRole)) return new Reach.SeenOnly();
		List<Organization> outside = theirs.stream().filter(it -> !owns(it)).toList();
		return outside.isEmpty() ? new Reach.Whole() : new Reach.InPart(outside);
	}

	/** At least one of the account's organizations is one's own; oneself always. */
	public boolean sees(UUID account, Collection<Organization> theirs) {
		return isStateWide() || account.equals(accountId) || theirs.stream().anyMatch(this::owns);
	}

	public boolean is(UUID account) {
		return account.equals(accountId);
	}
}
