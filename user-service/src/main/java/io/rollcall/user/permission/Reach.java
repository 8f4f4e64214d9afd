package io.rollcall.user.permission;

import java.util.List;

import io.rollcall.user.directory.Organization;

/** How far an actor's rights over an account go. */
public sealed interface Reach {
	/** Whether nothing of the account is out of the actor's hands or sight: it is the actor's own, or managed wholly. */
	default boolean coversAll() {
		return this instanceof Oneself || this instanceof Whole;
	}

	/** None of its organizations is the actor's own: for the actor there is no such account. */
	record Unseen() implements Reach {}

	/** One may change one's own profile, never one's role, organizations or status. */
	record Oneself() implements Reach {}

	/** Its role is none that the actor manages. */
	record SeenOnly() implements Reach {}

	/** Some of its organizations are not the actor's: the actor may add or take away just the own ones. */
	record InPart(List<Organization> outside) implements Reach {}

	/** Everything. */
	record Whole() implements Reach {}
}
