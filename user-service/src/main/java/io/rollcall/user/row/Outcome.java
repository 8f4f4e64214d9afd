package io.rollcall.user.row;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Profile;

/** What became of a row: exactly one of four. */
public sealed interface Outcome {
	/** {@code accountId} is absent in a dry run: there is no account. */
	record Created(@Nullable UUID accountId) implements Outcome {}

	record Updated(UUID accountId, List<Profile.Change> changes) implements Outcome {}

	record Unchanged(UUID accountId) implements Outcome {}

	record Rejected(List<Fault> faults) implements Outcome {}
}
