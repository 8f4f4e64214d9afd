package io.rollcall.user.roster;

import java.util.Set;
import java.util.UUID;

import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Role;

/** Who has, or had, an account, as the roster knows them. */
public interface Holder {
	/** Of {@link #deactivatedAt} where it never was. */
	long NEVER = Long.MIN_VALUE;

	UUID id();

	Role role();

	Set<Organization> organizations();

	boolean isActive();

	/** In milliseconds. */
	long createdAt();

	/** When it last was, in milliseconds, even if it is active again. */
	long deactivatedAt();
}
