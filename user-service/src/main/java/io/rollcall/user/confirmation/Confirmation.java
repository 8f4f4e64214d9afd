package io.rollcall.user.confirmation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.Origin;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.roster.Holder;

/**
 * A confirmation: the accounts of the state, or of some districts, are gone through until a deadline.
 *
 * @param districts codes; empty for the whole state
 * @param schedule until when, and when coordinators are reminded
 * @param handOvers by the code of the school
 * @param closedAt absent as long as something can be decided
 * @param remindedOn the latest day of which reminders went out; absent until those of the opening have
 * @param version grows by one with each change that somebody makes
 */
public record Confirmation(UUID id, String name, Set<String> districts, Schedule schedule, UUID openedBy,
		Instant openedAt, Map<String, HandOver> handOvers, @Nullable Instant closedAt, @Nullable LocalDate remindedOn,
		long version) {
	/**
	 * @param deadline the last day
	 * @param end when that day is over
	 * @param reminders days, in order
	 */
	public record Schedule(LocalDate deadline, Instant end, List<LocalDate> reminders) {}

	static Confirmation open(UUID id, String name, Set<String> districts, Schedule schedule, UUID by, Instant now) {
		return new Confirmation(id, name, Set.copyOf(districts), schedule, by, now, Map.of(), null, null, 1);
	}

	Confirmation changed(Schedule to) {
		return new Confirmation(id, name, districts, to, openedBy, openedAt, handOvers, closedAt, remindedOn,
				version + 1);
	}

	Confirmation handedOver(Map<String, HandOver> to) {
		return new Confirmation(id, name, districts, schedule, openedBy, openedAt, Map.copyOf(to), closedAt,
				remindedOn, version + 1);
	}

	Confirmation closed(Instant now) {
		return new Confirmation(id, name, districts, schedule, openedBy, openedAt, handOvers, now, remindedOn,
				version + 1);
	}

	public Phase phase(Instant now) {
		if (closedAt != null) return Phase.CLOSED;
		return now.isBefore(schedule.end()) ? Phase.OPEN : Phase.OVER;
	}

	/** Whether this one may still say something at that moment. */
	public boolean takesDecisionsOf(Actor actor, Instant now) {
		return switch (phase(now)) {
			case OPEN -> true;
			case OVER -> actor.isStateWide();
			case CLOSED -> false;
		};
	}

	/** Whether it is about the whole state, or about one of these districts. */
	boolean touches(Collection<String> others) {
		return districts.isEmpty() || others.stream().anyMatch(districts::contains);
	}

	/** Whether it is about accounts of this role at these places: not about those who run the system. */
	private boolean covers(Role role, Collection<Organization> organizations) {
		return !role.runsTheSystem() && (districts.isEmpty()
				|| organizations.stream().anyMatch(it -> districts.contains(it.district())));
	}

	/** Whether somebody must decide about the account: it is active, and was there already when this was opened. */
	public boolean asksFor(Account account) {
		return account.isActive() && !account.lifetime().createdAt().isAfter(openedAt)
				&& covers(account.profile().role(), account.profile().organizations());
	}

	/** As {@link #asksFor(Account)}. */
	public boolean asksFor(Holder holder) {
		return holder.isActive() && isOfThen(holder);
	}

	/** Whether there is nothing to decide any more, since the account was deactivated meanwhile. */
	public boolean isSettled(Holder holder) {
		return !holder.isActive() && isOfThen(holder) && holder.deactivatedAt() > openedAt.toEpochMilli();
	}

	private boolean isOfThen(Holder holder) {
		return holder.createdAt() <= openedAt.toEpochMilli() && covers(holder.role(), holder.organizations());
	}

	/** What happened to it, as an event. */
	Fact fact(Origin.Request origin, Instant at, Fact.Kind kind) {
		return new Fact.OfConfirmation(kind, this, origin, at);
	}
}
