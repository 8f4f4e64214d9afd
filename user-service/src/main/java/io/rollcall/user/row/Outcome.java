package io.rollcall.user.row;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.Site;

/** What became of a row: exactly one of four. */
public sealed interface Outcome {
	/** {@code accountId} is absent in a dry run: there is no account. */
	record Created(@Nullable UUID accountId) implements Outcome {}

	/** @param credentialsSent the sites for which new passwords are sent, since the address is another; in a dry run, would be */
	record Updated(UUID accountId, List<Profile.Change> changes, Set<Site> credentialsSent) implements Outcome {}

	record Unchanged(UUID accountId) implements Outcome {}

	record Rejected(List<Fault> faults) implements Outcome {}
}
