package io.rollcall.notification.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.rollcall.notification.MailLedger;
import io.rollcall.platform.persistence.Lease;

/**
 * This instance's sign of life, on which all that it holds depends. One lease a running instance, of the instance's name, instead
 * of one on every mail. An instance that paused for longer than its lease is somebody else afterwards: what it held may be others'
 * by then.
 */
final class Claim {
	private static final Logger LOG = LoggerFactory.getLogger(Claim.class);

	private final MailLedger ledger;
	private final Lease lease;
	private volatile boolean displaced;

	Claim(MailLedger ledger, Lease lease) {
		this.ledger = ledger;
		this.lease = lease;
	}

	/** Gives a sign of life when one is due. */
	synchronized void renew() {
		if (displaced) return;
		if (!lease.isCertain()) {
			lease.seize();
		} else if (!lease.renew() && lease.isAnothers()) {
			// Taking the name back would make the two take each other's mails for ever.
			LOG.error("Another running instance has the name of this one, which sends no more: {}", lease.holder());
			displaced = true;
		}
	}

	/** Gives up all that is held, to take it up again under another id: the way out when it is not known what that is. */
	synchronized void forfeit() {
		lease.doubt();
	}

	String owner() {
		return lease.holder();
	}

	/** Whether what was taken under this owner is still ours. */
	boolean holds(String owner) {
		return !displaced && lease.isCertainlyOf(owner);
	}

	boolean isAlive() {
		return !displaced && lease.isCertain();
	}

	boolean isDisplaced() {
		return displaced;
	}

	synchronized void end() {
		String last = lease.holder();
		if (last.isEmpty() || displaced) return;
		lease.doubt();
		ledger.release(last);
		lease.release();
	}
}
