package io.rollcall.user.confirmation.messaging;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.contracts.ConfirmationEvent;
import io.rollcall.contracts.UserEvent;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.user.account.Origin;
import io.rollcall.user.confirmation.Confirmation;
import io.rollcall.user.confirmation.Decision;
import io.rollcall.user.confirmation.Fact;
import io.rollcall.user.confirmation.FactRelay;
import io.rollcall.user.confirmation.Verdict;

/** What happens in confirmations as it stands on {@code confirmation-events}. */
@Component
class FactEncoding implements FactRelay.Encoding {
	private final CloudEvents events;

	FactEncoding(CloudEvents events) {
		this.events = events;
	}

	@Override
	public CloudEvent encode(Fact fact) {
		return switch (fact) {
			case Fact.OfConfirmation it -> events.of(ofConfirmation(it), it.origin().traceparent());
			case Fact.HandedOver it -> events.of(new ConfirmationEvent.SchoolsHandedOver(it.id(), it.at(),
					it.after().id(), it.after().version(), wire(it.origin()), handOvers(it)),
					it.origin().traceparent());
			case Fact.Decided it -> events.of(decided(it), it.decision().by().traceparent());
			case Fact.Reminder it -> events.of(new ConfirmationEvent.ReminderDue(it.id(), it.at(),
					it.confirmation().id(), it.coordinator(), it.confirmation().name(), it.day(),
					it.confirmation().schedule().deadline(), it.open()), null);
		};
	}

	private static ConfirmationEvent.OfConfirmation ofConfirmation(Fact.OfConfirmation it) {
		Confirmation after = it.after();
		var wire = new ConfirmationEvent.Confirmation(after.name(), after.districts().stream().sorted().toList(),
				after.schedule().deadline(), after.schedule().reminders());
		return switch (it.kind()) {
			case OPENED -> new ConfirmationEvent.ConfirmationOpened(it.id(), it.at(), after.id(), after.version(),
					wire(it.origin()), wire);
			case CHANGED -> new ConfirmationEvent.ConfirmationChanged(it.id(), it.at(), after.id(), after.version(),
					wire(it.origin()), wire);
			case CLOSED -> new ConfirmationEvent.ConfirmationClosed(it.id(), it.at(), after.id(), after.version(),
					wire(it.origin()), wire);
		};
	}

	private static List<ConfirmationEvent.HandOver> handOvers(Fact.HandedOver it) {
		return it.schools().entrySet().stream()
				.map(entry -> new ConfirmationEvent.HandOver(entry.getKey(), entry.getValue().orElse(null))).toList();
	}

	private static ConfirmationEvent.AccountConfirmed decided(Fact.Decided it) {
		Decision decision = it.decision();
		return new ConfirmationEvent.AccountConfirmed(it.id(), decision.at(), decision.confirmation(),
				decision.account(), decision.version(), wire(decision.by()), it.confirmation().name(),
				decision.verdict().id(), id(it.before()), decision.accountVersion());
	}

	private static @Nullable String id(@Nullable Verdict verdict) {
		return verdict == null ? null : verdict.id();
	}

	private static UserEvent.Origin wire(Origin.Request it) {
		return new UserEvent.Origin(it.way(), it.actorId(), null, null, it.program());
	}
}
