package io.rollcall.imports.outcome;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** How a row ended: exactly one of four. */
public sealed interface Outcome {
	/** One with the username and one with the password (RULES, "Accounts, credentials, mails"). */
	int MAILS_OF_A_SITE = 2;
	int MAILS_OF_A_NEW_ACCOUNT = 2 * MAILS_OF_A_SITE;
	/** A changed address is told to the old one and to the new one (same place). */
	int MAILS_OF_A_NEW_ADDRESS = 2;

	/** How many mails follow from it. */
	default int mails() {
		return switch (this) {
			case Created _ -> MAILS_OF_A_NEW_ACCOUNT;
			case Updated(var _, var changes, var sites) when changes.stream()
					.anyMatch(it -> it.field().equals("email")) ->
				MAILS_OF_A_NEW_ADDRESS + MAILS_OF_A_SITE * sites.size();
			case Updated _,Unchanged _,Rejected _ -> 0;
		};
	}

	/** Whether what was foretold came true. A preview of a new account could not know its id. */
	default boolean isAsForetold(Outcome preview) {
		return this instanceof Created && preview instanceof Created || equals(preview);
	}

	/** @param accountId absent in a dry run */
	record Created(@Nullable UUID accountId) implements Outcome {}

	/** @param credentialsSent the sites for which new passwords are sent, since the address is another; in a dry run, would be */
	record Updated(UUID accountId, List<Change> changes, List<String> credentialsSent) implements Outcome {}

	record Unchanged(UUID accountId) implements Outcome {}

	record Rejected(List<Note> notes) implements Outcome {}

	/** One field of the account before and after. */
	record Change(String field, String before, String after) {}
}
