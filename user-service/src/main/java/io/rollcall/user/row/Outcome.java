package io.rollcall.user.row;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Kept;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.Site;

/** What became of a row: exactly one. */
public sealed interface Outcome {
	/** {@code accountId} is absent in a dry run: there is no account. */
	record Created(@Nullable UUID accountId) implements Outcome {}

	/**
	 * @param credentialsSent the sites for which new passwords are sent, since the address is another; in a dry run, would be
	 * @param kept of an undo: what it left as it was
	 */
	record Updated(UUID accountId, List<Profile.Change> changes, Set<Site> credentialsSent,
			List<Kept> kept) implements Outcome {
		/** Of anything but an undo. */
		public Updated(UUID accountId, List<Profile.Change> changes, Set<Site> credentialsSent) {
			this(accountId, changes, credentialsSent, List.of());
		}
	}

	/** @param kept as of {@link Updated} */
	record Unchanged(UUID accountId, List<Kept> kept) implements Outcome {
		/** Of anything but an undo. */
		public Unchanged(UUID accountId) {
			this(accountId, List.of());
		}
	}

	/** By an undo of the row that made the account; no other row deactivates. */
	record Deactivated(UUID accountId) implements Outcome {}

	record Rejected(List<Fault> faults) implements Outcome {}
}
