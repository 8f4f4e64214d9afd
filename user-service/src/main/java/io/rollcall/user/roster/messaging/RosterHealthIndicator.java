package io.rollcall.user.roster.messaging;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down until the roster has every account. */
@Component
final class RosterHealthIndicator implements HealthIndicator {
	private final RosterFollower follower;

	RosterHealthIndicator(RosterFollower follower) {
		this.follower = follower;
	}

	@Override
	public Health health() {
		return (follower.isFull() ? Health.up() : Health.down()).build();
	}
}
