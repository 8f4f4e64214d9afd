package io.rollcall.user.account.messaging;

import java.time.Clock;

import org.springframework.stereotype.Component;

import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.user.account.EventRelay;
import io.rollcall.user.account.Outbox;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.outbox.Relay;

/** Publishes what accounts owe. */
@Component
class OutboxRelay extends Relay<Username> implements EventRelay {
	OutboxRelay(Outbox outbox, AcknowledgedPublisher publisher, Clock clock) {
		super("outbox", outbox, publisher, clock);
	}
}
