package io.rollcall.user.account.messaging;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.user.account.EventRelay;
import io.rollcall.user.account.Outbox;
import io.rollcall.user.account.Outbox.Pending;
import io.rollcall.user.account.profile.Username;

/**
 * Publishes what accounts owe and strikes it out once the broker has it. An event may be published twice (a crash between the
 * two), never not at all, and for one account always in order: what an earlier process left goes before what is new.
 */
@Component
class OutboxRelay implements EventRelay {
	private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
	/** Older than any write that is still being relayed by the one who made it. */
	private static final Duration LEFT_BEHIND = Duration.ofSeconds(10);
	private static final int ACCOUNTS_A_SWEEP = 500;

	private final Outbox outbox;
	private final AcknowledgedPublisher publisher;
	private final Clock clock;

	OutboxRelay(Outbox outbox, AcknowledgedPublisher publisher, Clock clock) {
		this.outbox = outbox;
		this.publisher = publisher;
		this.clock = clock;
	}

	@Override
	public void relay(Collection<Username> accounts, Collection<CloudEvent> others) {
		List<Pending> pending = outbox.of(accounts);
		List<CloudEvent> events = new ArrayList<>(others);
		pending.forEach(it -> events.add(it.event()));
		publisher.publish(events);
		outbox.strike(pending);
	}

	/** Relays what a process that died had stored and not published. */
	@Scheduled(fixedDelayString = "${rollcall.outbox.sweep-interval:5s}")
	void sweep() {
		List<Pending> left;
		do {
			left = outbox.since(clock.instant().minus(LEFT_BEHIND), ACCOUNTS_A_SWEEP);
			if (left.isEmpty()) return;
			LOG.info("Relaying {} events that were left in the outbox", left.size());
			publisher.publish(left.stream().map(Pending::event).toList());
			outbox.strike(left);
		} while (!left.isEmpty());
	}
}
