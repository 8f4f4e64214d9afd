package io.rollcall.user.account;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.user.account.profile.Username;

/** The events that accounts still owe the world. They are stored in the account's own document, so that neither can be without the other. */
public interface Outbox {
	/** An event that is stored and perhaps not published. */
	record Pending(String accountKey, CloudEvent event) {}

	/** What these accounts owe, for each in the order in which it happened. */
	List<Pending> of(Collection<Username> usernames);

	/** What any account owes since before {@code time}: a process died before it had published it. At most {@code limit} accounts. */
	List<Pending> since(Instant time, int limit);

	/** Strikes out what the broker has acknowledged. */
	void strike(Collection<Pending> published);
}
