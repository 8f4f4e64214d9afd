package io.rollcall.user.confirmation;

import java.util.Collection;
import java.util.UUID;

import io.rollcall.platform.messaging.CloudEvent;

/** Publishes what happens in confirmations. */
public interface FactRelay {
	/** Has what was just stored published at once, and waits for nothing: until the broker has it, the outbox keeps it. */
	void soon(Collection<? extends Fact> stored);

	/**
	 * Publishes what nothing keeps.
	 *
	 * @throws io.rollcall.platform.TemporarilyUnavailable when the broker has not taken all of it; it may be published again
	 */
	void publish(Collection<? extends Fact> facts);

	/** A fact in the form in which it is stored and published. */
	interface Encoding {
		CloudEvent encode(Fact fact);
	}

	/** The key of the document in which a fact is stored: of the confirmation, or of the decision of an account in it. */
	static String owner(Fact fact) {
		return switch (fact) {
			case Fact.OfConfirmation it -> it.after().id().toString();
			case Fact.HandedOver it -> it.after().id().toString();
			case Fact.Decided it -> owner(it.decision().confirmation(), it.decision().account());
			case Fact.Reminder _ -> throw new IllegalArgumentException("a reminder is stored nowhere");
		};
	}

	static String owner(UUID confirmation, UUID account) {
		return confirmation + "/" + account;
	}
}
