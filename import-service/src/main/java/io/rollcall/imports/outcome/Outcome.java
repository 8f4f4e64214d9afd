package io.rollcall.imports.outcome;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** How a row ended: exactly one of four. */
public sealed interface Outcome {
	/** One with the username and one with the password (guide, section III.A). */
	int MAILS_OF_A_SITE = 2;
	int MAILS_OF_A_NEW_ACCOUNT = 2 * MAILS_OF_A_SITE;
	/** A changed address is told to the old one and to the new one (same place). */
	int MAILS_OF_A_NEW_ADDRESS = 2;

	/** How many mails follow from it. */
	default int mails() {
		return switch (this) {
			case Created _ -> MAILS_OF_A_NEW_ACCOUNT;
			case Updated it when it.isDeactivation() -> 1;
			case Updated it when it.changes("email") ->
				MAILS_OF_A_NEW_ADDRESS + MAILS_OF_A_SITE * it.credentialsSent().size();
			case Updated _,Unchanged _,Rejected _ -> 0;
		};
	}

	/** Whether what was foretold came true, whatever was warned of. A preview of a new account could not know its id. */
	default boolean isAsForetold(Outcome preview) {
		return switch (this) {
			case Created _ -> preview instanceof Created;
			case Updated(var account, var changes, var sites, var _, var _) ->
				preview instanceof Updated it && it.accountId.equals(account) && it.changes.equals(changes)
						&& it.credentialsSent.equals(sites);
			case Unchanged _,Rejected _ -> equals(preview);
		};
	}

	/** What is legal, but hardly meant. Nothing is warned of that has no effect. */
	List<Note> warnings();

	/** @param accountId absent in a dry run */
	record Created(@Nullable UUID accountId, List<Note> warnings) implements Outcome {
		public Created(@Nullable UUID accountId) {
			this(accountId, List.of());
		}
	}

	/**
	 * @param changes of an account that an undo deactivated, the one of its {@code status}
	 * @param credentialsSent the sites for which new passwords are sent, since the address is another; in a dry run, would be
	 * @param kept of an undo: what it left as it was, and why
	 */
	record Updated(UUID accountId, List<Change> changes, List<String> credentialsSent, List<Note> warnings,
			List<Note> kept) implements Outcome {
		/** Of anything but an undo. */
		public Updated(UUID accountId, List<Change> changes, List<String> credentialsSent, List<Note> warnings) {
			this(accountId, changes, credentialsSent, warnings, List.of());
		}

		public Updated(UUID accountId, List<Change> changes, List<String> credentialsSent) {
			this(accountId, changes, credentialsSent, List.of());
		}

		/** Whether the account was deactivated, since an undo took back the row that had made it. */
		boolean isDeactivation() {
			return changes("status");
		}

		private boolean changes(String field) {
			return changes.stream().anyMatch(it -> it.field().equals(field));
		}
	}

	/** @param kept as of {@link Updated} */
	record Unchanged(UUID accountId, List<Note> kept) implements Outcome {
		/** Of anything but an undo. */
		public Unchanged(UUID accountId) {
			this(accountId, List.of());
		}

		@Override
		public List<Note> warnings() {
			return List.of();
		}
	}

	record Rejected(List<Note> notes) implements Outcome {
		@Override
		public List<Note> warnings() {
			return List.of();
		}
	}

	/** One field of the account before and after. */
	record Change(String field, String before, String after) {}
}
