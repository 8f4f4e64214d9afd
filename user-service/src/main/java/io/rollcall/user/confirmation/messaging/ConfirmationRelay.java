package io.rollcall.user.confirmation.messaging;

import java.time.Clock;
import java.util.Collection;
import java.util.List;

import org.springframework.stereotype.Component;

import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.user.confirmation.Fact;
import io.rollcall.user.confirmation.FactRelay;
import io.rollcall.user.outbox.Owing;
import io.rollcall.user.outbox.Relay;

/** Publishes what confirmations and decisions owe. */
@Component
class ConfirmationRelay implements FactRelay {
	@Component
	static class Facts extends Relay<String> {
		Facts(Owing<String> outbox, AcknowledgedPublisher publisher, Clock clock) {
			super("confirmation-outbox", outbox, publisher, clock);
		}
	}

	private final Facts facts;
	private final FactRelay.Encoding encoding;

	ConfirmationRelay(Facts facts, FactRelay.Encoding encoding) {
		this.facts = facts;
		this.encoding = encoding;
	}

	@Override
	public void soon(Collection<? extends Fact> stored) {
		if (!stored.isEmpty()) facts.soon(stored.stream().map(FactRelay::owner).toList());
	}

	@Override
	public void publish(Collection<? extends Fact> published) {
		facts.relay(List.of(), published.stream().map(encoding::encode).toList());
	}
}
