package io.rollcall.user.account;

import java.util.Collection;

import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.user.account.profile.Username;

/** Publishes what accounts owe, right after it was stored. Until the broker has it the outbox keeps it, whatever fails. */
public interface EventRelay {
	/** Has what these accounts owe published at once, and waits for nothing: who has stored it has done what was asked for. */
	void soon(Collection<Username> accounts);

	/**
	 * Publishes {@code others}, which nothing else keeps, and what these accounts owe, all in one go, and returns when the broker has
	 * all of it.
	 *
	 * @throws io.rollcall.platform.TemporarilyUnavailable when it has not
	 */
	void relay(Collection<Username> accounts, Collection<CloudEvent> others);
}
