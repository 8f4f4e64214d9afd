package io.rollcall.user.account;

import java.util.Collection;

import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.user.account.profile.Username;

/** Publishes what accounts owe, right after it was stored. */
public interface EventRelay {
	/**
	 * Publishes {@code others} and what these accounts owe, all in one go, and returns when the broker has all of it.
	 *
	 * @throws io.rollcall.platform.messaging.TemporarilyUnavailable when it has not; nothing is lost, the outbox still has it
	 */
	void relay(Collection<Username> accounts, Collection<CloudEvent> others);
}
