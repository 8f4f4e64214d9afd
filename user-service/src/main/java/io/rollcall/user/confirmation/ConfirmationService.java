package io.rollcall.user.confirmation;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.rollcall.platform.Sha256;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.confirmation.Confirmation.Schedule;
import io.rollcall.user.confirmation.Plan.Fault;
import io.rollcall.user.directory.Level;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.directory.OrganizationDirectory;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.roster.Roster;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The service center opens, changes and closes confirmations; district coordinators hand schools over in them. */
@Service
public class ConfirmationService {
	private final ConfirmationRepository confirmations;
	private final AccountRepository accounts;
	private final OrganizationDirectory directory;
	private final Roster roster;
	private final FactRelay relay;
	private final ConfirmationSettings settings;
	private final Clock clock;

	public ConfirmationService(ConfirmationRepository confirmations, AccountRepository accounts,
			OrganizationDirectory directory, Roster roster, FactRelay relay, ConfirmationSettings settings,
			Clock clock) {
		this.confirmations = confirmations;
		this.accounts = accounts;
		this.directory = directory;
		this.roster = roster;
		this.relay = relay;
		this.settings = settings;
		this.clock = clock;
	}

	/** What became of a wish. */
	public sealed interface Saved {
		record Done(Confirmation confirmation) implements Saved {}

		record Invalid(List<Fault> faults) implements Saved {}

		/** Somebody else has changed it since it was shown. */
		record Stale() implements Saved {}

		/** It is closed, or its deadline has passed and that is not for the actor to ignore. */
		record NoMore(Phase phase) implements Saved {}
	}

	/** A change; what is null stays as it is. With closing it, nothing else is changed. */
	public record Change(@Nullable LocalDate deadline, @Nullable List<LocalDate> reminders, boolean closing) {}

	/**
	 * The same request again finds what it has opened.
	 *
	 * @throws io.rollcall.platform.TemporarilyUnavailable when the directory is away
	 */
	public Saved open(Plan plan, Origin.Request origin) {
		UUID id = UUID.nameUUIDFromBytes(Sha256.hex("confirmation/" + origin.causeId()).getBytes(UTF_8));
		// First of all: its days may have come since the answer was lost.
		Optional<Confirmation> before = confirmations.find(id);
		if (before.isPresent()) return new Saved.Done(before.get());
		Instant now = clock.instant();
		List<Fault> faults = plan.faults(known(plan.districts()), settings, now);
		if (!faults.isEmpty()) return new Saved.Invalid(faults);
		Confirmation opened = Confirmation.open(id, plan.name(), plan.districts(),
				Plan.schedule(Objects.requireNonNull(plan.deadline()), plan.reminders(), settings), origin.actorId(),
				now);
		Fact fact = opened.fact(origin, now, Fact.Kind.OPENED);
		if (!confirmations.add(opened, fact)) return new Saved.Done(confirmations.find(id).orElseThrow());
		relay.soon(List.of(fact));
		return new Saved.Done(opened);
	}

	/** A district that the directory has closed is known as long as somebody is there. */
	private Set<String> known(Set<String> districts) {
		Set<String> known = directory.find(districts).values().stream().filter(it -> it.level() == Level.DISTRICT)
				.map(Organization::code).collect(Collectors.toCollection(HashSet::new));
		districts.stream().filter(roster::hasDistrict).forEach(known::add);
		return known;
	}

	/** @param version of what was shown, or several of which one must be the present */
	public Saved change(Confirmation shown, Change change, Set<Long> version, Origin.Request origin) {
		Instant now = clock.instant();
		if (shown.closedAt() != null) return change.closing() ? new Saved.Done(shown) : new Saved.NoMore(Phase.CLOSED);
		LocalDate deadline = change.deadline() == null ? shown.schedule().deadline() : change.deadline();
		List<LocalDate> reminders = change.reminders() == null ? shown.schedule().reminders() : change.reminders();
		boolean other = !deadline.equals(shown.schedule().deadline())
				|| !Set.copyOf(reminders).equals(Set.copyOf(shown.schedule().reminders()));
		// It may be this very wish, sent once more.
		if (!other && !change.closing()) return new Saved.Done(shown);
		if (!version.contains(shown.version())) return new Saved.Stale();
		if (!change.closing()) {
			List<Fault> faults = Plan.faults(deadline, reminders, shown.schedule().reminders(), settings, now);
			if (!faults.isEmpty()) return new Saved.Invalid(faults);
		}
		Schedule schedule = Plan.schedule(deadline, reminders, settings);
		Confirmation after = change.closing() ? shown.closed(now) : shown.changed(schedule);
		Fact fact = after.fact(origin, now, change.closing() ? Fact.Kind.CLOSED : Fact.Kind.CHANGED);
		if (!confirmations.replace(after, fact)) return new Saved.Stale();
		relay.soon(List.of(fact));
		return new Saved.Done(after);
	}

	/**
	 * Gives schools of a district to coordinators of theirs. A school that is not named stays with whom it is: the page may be older
	 * than what somebody else has handed over meanwhile.
	 *
	 * @param wanted by the code of the school; empty for one that is the district's again
	 * @throws io.rollcall.platform.TemporarilyUnavailable when the directory is away, and whose a school is is not known without it
	 */
	public Saved handOver(Actor actor, Confirmation shown, Map<String, Optional<UUID>> wanted, Origin.Request origin) {
		Instant now = clock.instant();
		if (!shown.takesDecisionsOf(actor, now)) return new Saved.NoMore(shown.phase(now));
		Map<String, HandOver> all = new HashMap<>(shown.handOvers());
		Map<UUID, Account> coordinators = accounts
				.findById(wanted.values().stream().flatMap(Optional::stream).collect(Collectors.toSet()));
		Set<String> wrong = new TreeSet<>();
		wanted.forEach((school, id) -> id.ifPresentOrElse(
				to -> handOver(actor, shown, school, coordinators.get(to))
						.ifPresentOrElse(it -> all.put(school, it), () -> wrong.add(school)),
				() -> all.remove(school)));
		List<Fault> faults = new ArrayList<>();
		if (!wrong.isEmpty()) {
			faults.add(new Fault("handOvers", "not-a-coordinator-of-the-school",
					"Only a school of yours can be handed over, to an active school test coordinator there: "
							+ String.join(", ", wrong) + "."));
		}
		Set<String> others = takenBackFromOthers(actor, shown, wanted);
		if (!others.isEmpty()) {
			faults.add(new Fault("handOvers", "not-a-school-of-yours",
					"Only a school of yours can be taken back: " + String.join(", ", others) + "."));
		}
		if (!faults.isEmpty()) return new Saved.Invalid(faults);
		Map<String, Optional<UUID>> changes = changes(shown.handOvers(), all);
		if (changes.isEmpty()) return new Saved.Done(shown);
		Confirmation after = shown.handedOver(all);
		Fact fact = new Fact.HandedOver(after, changes, origin, now);
		if (!confirmations.replace(after, fact)) {
			// Somebody else was quicker; only what is named is changed.
			return handOver(actor, confirmations.find(shown.id()).orElseThrow(), wanted, origin);
		}
		relay.soon(List.of(fact));
		return new Saved.Done(after);
	}

	/** A school that is with nobody may be taken back, too, by whoever could: the page may be older. */
	private Set<String> takenBackFromOthers(Actor actor, Confirmation confirmation,
			Map<String, Optional<UUID>> wanted) {
		Set<String> others = wanted.entrySet().stream().filter(it -> it.getValue().isEmpty()).map(Map.Entry::getKey)
				.collect(Collectors.toCollection(TreeSet::new));
		others.removeIf(code -> {
			HandOver given = confirmation.handOvers().get(code);
			return given != null && actor.owns(given.school());
		});
		Set<String> withNobody = new HashSet<>(others);
		withNobody.removeAll(confirmation.handOvers().keySet());
		if (!withNobody.isEmpty()) {
			directory.find(withNobody).values().stream().filter(actor::owns).forEach(it -> others.remove(it.code()));
		}
		return others;
	}

	private static Optional<HandOver> handOver(Actor actor, Confirmation confirmation, String code,
			@Nullable Account coordinator) {
		if (coordinator == null || !coordinator.isActive() || coordinator.profile().role() != Role.STC) {
			return Optional.empty();
		}
		return coordinator.profile().organizations().stream()
				.filter(it -> it.code().equals(code) && actor.owns(it) && confirmation.touches(Set.of(it.district())))
				.findFirst().map(it -> new HandOver(it, coordinator.id()));
	}

	private static Map<String, Optional<UUID>> changes(Map<String, HandOver> before, Map<String, HandOver> after) {
		Map<String, Optional<UUID>> changes = new TreeMap<>();
		before.keySet().forEach(school -> changes.put(school, Optional.empty()));
		after.forEach((school, it) -> changes.put(school, Optional.of(it.coordinator())));
		changes.entrySet().removeIf(it -> it.getValue()
				.equals(Optional.ofNullable(before.get(it.getKey())).map(HandOver::coordinator)));
		return changes;
	}

	/** The confirmation, when it has to do with the actor's own organizations. */
	public Optional<Confirmation> find(Actor actor, UUID id) {
		Set<String> own = districts(actor);
		return confirmations.find(id).filter(it -> actor.isStateWide() || it.touches(own));
	}

	/** Those that have to do with the actor's own organizations, the latest first. */
	public List<Confirmation> list(Actor actor) {
		Set<String> own = districts(actor);
		return confirmations.all().stream().filter(it -> actor.isStateWide() || it.touches(own)).toList();
	}

	private Set<String> districts(Actor actor) {
		if (actor.isStateWide() || actor.accountId() == null) return Set.of();
		return accounts.find(actor.accountId()).map(it -> it.profile().organizations().stream()
				.map(Organization::district).collect(Collectors.toSet())).orElse(Set.of());
	}
}
