package io.rollcall.notification.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.rollcall.notification.MailLedger;

/**
 * This instance's sign of life, on which all that it holds depends. One document a running instance, instead of a lease on
 * every mail. An instance that paused for longer than its lease is somebody else afterwards: what it held may be others' by
 * then.
 */
final class Claim {
	private static final Logger LOG = LoggerFactory.getLogger(Claim.class);

	/** @param until when others may take over what {@code owner} holds */
	private record State(String owner, Instant until, boolean displaced) {}

	private final MailLedger ledger;
	private final Clock clock;
	private final String name;
	private final Duration lease;
	private volatile State state;

	Claim(MailLedger ledger, Clock clock, String name, Duration lease) {
		this.ledger = ledger;
		this.clock = clock;
		this.name = name;
		this.lease = lease;
		this.state = new State("", Instant.MIN, false);
	}

	/** Renews the sign of life when a quarter of the lease is over. */
	synchronized void renew() {
		State now = state;
		Instant instant = clock.instant();
		Instant until = instant.plus(lease);
		if (now.displaced()) return;
		if (!instant.isBefore(now.until())) {
			String owner = name + "#" + UUID.randomUUID();
			ledger.arrive(name, owner, until);
			state = new State(owner, until, false);
		} else if (instant.isAfter(now.until().minus(lease.multipliedBy(3).dividedBy(4)))) {
			if (ledger.stillAlive(name, now.owner(), until)) {
				state = new State(now.owner(), until, false);
			} else {
				// Taking the name back would make the two take each other's mails for ever.
				LOG.error("Another running instance has the name {}; this one sends no more", name);
				state = new State(now.owner(), Instant.MIN, true);
			}
		}
	}

	/** Gives up all that is held, to take it up again under another id: the way out when it is not known what that is. */
	synchronized void forfeit() {
		State now = state;
		if (!now.displaced()) state = new State(now.owner(), Instant.MIN, false);
	}

	String owner() {
		return state.owner();
	}

	/** Whether what was taken under this owner is still ours. */
	boolean holds(String owner) {
		State now = state;
		return now.owner().equals(owner) && isAlive();
	}

	boolean isAlive() {
		return clock.instant().isBefore(state.until());
	}

	boolean isDisplaced() {
		return state.displaced();
	}

	synchronized void end() {
		State last = state;
		state = new State("", Instant.MIN, true);
		if (last.owner().isEmpty() || last.displaced()) return;
		ledger.release(last.owner());
		ledger.leave(name, last.owner());
	}
}
