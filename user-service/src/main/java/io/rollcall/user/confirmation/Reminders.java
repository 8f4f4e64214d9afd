package io.rollcall.user.confirmation;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.rollcall.platform.persistence.Lease;
import io.rollcall.user.roster.RosterLag;

/**
 * Reminds coordinators, at the opening and on the chosen days, of what is theirs to decide. One instance does it at a time. What one
 * published and has not noted is published again, by the same ids; so each has one mail a day.
 */
@Component
public class Reminders {
	private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);

	private final ConfirmationRepository confirmations;
	private final Worklists worklists;
	private final RosterLag roster;
	private final FactRelay relay;
	private final ConfirmationSettings settings;
	private final Lease lease;
	private final Clock clock;

	/** @param lease of those who would remind */
	public Reminders(ConfirmationRepository confirmations, Worklists worklists, RosterLag roster,
			FactRelay relay, ConfirmationSettings settings, Lease lease, Clock clock) {
		this.roster = roster;
		this.confirmations = confirmations;
		this.worklists = worklists;
		this.relay = relay;
		this.settings = settings;
		this.lease = lease;
		this.clock = clock;
	}

	@Scheduled(fixedDelayString = "${rollcall.confirmations.sweep-interval:1m}")
	void sweep() {
		if (!roster.isFull()) return; // who is not in it yet would not be reminded
		List<Confirmation> open = confirmations.all().stream()
				.filter(it -> due(it, clock.instant()).isPresent()).toList();
		if (open.isEmpty() || !lease.isHeld()) return;
		open.forEach(it -> due(it, clock.instant()).ifPresent(day -> remind(it, day)));
	}

	private void remind(Confirmation confirmation, LocalDate day) {
		List<Fact> reminders = new ArrayList<>();
		Instant now = clock.instant();
		worklists.openByCoordinator(confirmation).forEach(
				(coordinator, open) -> reminders.add(new Fact.Reminder(confirmation, coordinator, day, open, now)));
		relay.publish(reminders);
		confirmations.noteReminded(confirmation.id(), day);
		LOG.info("{} reminders of confirmation {}", reminders.size(), confirmation.id());
	}

	/** The latest day of reminders that has come and of which none went out: who was away for three of them sends one. */
	Optional<LocalDate> due(Confirmation confirmation, Instant now) {
		if (confirmation.phase(now) != Phase.OPEN) return Optional.empty();
		LocalDate before = confirmation.remindedOn();
		Optional<LocalDate> opening = Optional.of(settings.day(confirmation.openedAt())).filter(_ -> before == null);
		return confirmation.schedule().reminders().stream()
				.filter(day -> (before == null || day.isAfter(before)) && !now.isBefore(settings.reminding(day)))
				.reduce((_, later) -> later).or(() -> opening);
	}
}
