package io.rollcall.notification;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * Every mail that was ever asked for, once, with what became of it; and which sender works at the open mailings. All
 * methods may throw what the store throws when it is away; each can be repeated.
 */
public interface MailLedger {
	/** @param outcome null while the mail is to be sent */
	record Entry(Mail mail, @Nullable Outcome outcome) {}

	/**
	 * A mailing that is not closed.
	 *
	 * @param attempts how often its next mail was put off
	 * @param dueAt when that is to be tried again
	 */
	record Open(String cause, int attempts, Instant dueAt, List<Entry> entries) {}

	/**
	 * Records mailings; what is recorded already stays as it is. One that may not go yet is left to whoever claims it then.
	 *
	 * @param owner the sender that takes the others at once; null leaves them to whoever claims them first
	 * @return those that {@code owner} has now
	 */
	List<Open> record(List<Mailing> mailings, @Nullable String owner);

	/** Gives {@code owner} open mailings that belong to none of the {@code living} senders and may go, oldest first. */
	List<Open> claim(String owner, Set<String> living, Instant now, int limit);

	/** Those of {@code accounts} that have mailings which may not go yet. */
	Set<UUID> heldBack(Collection<UUID> accounts, Instant now);

	/** How many mailings are open. */
	long open();

	/**
	 * Writes what became of a mail, and forgets in the same write its secret and whom it was for.
	 *
	 * @return what stands in the ledger now: the first outcome, should this be a second one
	 */
	Outcome finish(Mail mail, Outcome outcome);

	void postpone(String cause, int attempts, Instant dueAt);

	/** Gives a mailing back: whoever claims first after {@code notBefore} has it. */
	void defer(String cause, Instant notBefore);

	/** Closes mailings of which all is done and told. */
	void close(Collection<String> causes);

	/** Leaves what {@code owner} has to others. */
	void release(String owner);
}
