package io.rollcall.notification.delivery;

import java.util.List;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.stereotype.Component;

/** Shows whether mails go out. Not part of readiness: while the mail server is away, mails are taken and wait. */
@Component("smtp")
final class DeliveryHealth implements HealthIndicator {
	private static final Status DEGRADED = new Status("DEGRADED", "mails wait for the mail server");

	private final Dispatcher dispatcher;

	DeliveryHealth(Dispatcher dispatcher) {
		this.dispatcher = dispatcher;
	}

	@Override
	public Health health() {
		List<Dispatcher.Away> away = dispatcher.lanes().stream().<Dispatcher.Away>mapMulti((lane, found) -> {
			Dispatcher.Away state = lane.away();
			if (state != null) found.accept(state);
		}).toList();
		var health = dispatcher.isDisplaced() ? Health.down() : away.isEmpty() ? Health.up() : Health.status(DEGRADED);
		health.withDetail("heldMailings", dispatcher.held()).withDetail("lanes", dispatcher.lanes().size())
				.withDetail("lanesWaiting", away.size());
		if (!away.isEmpty())
			health.withDetail("since", away.getFirst().since()).withDetail("cause", away.getFirst().cause());
		return health.build();
	}
}
