package io.rollcall.user.confirmation;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.rollcall.user.confirmation.Progress.Count;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.roster.Holder;
import io.rollcall.user.roster.Roster;

/**
 * The accounts of a confirmation within one's sight, and how far they are. What counts is who is where now; of that the roster tells,
 * and the decisions are read for those who are asked about.
 */
@Service
public class Worklists {
	private final Roster roster;
	private final DecisionRepository decisions;
	private final Clock clock;

	public Worklists(Roster roster, DecisionRepository decisions, Clock clock) {
		this.roster = roster;
		this.decisions = decisions;
		this.clock = clock;
	}

	/**
	 * What somebody asks for.
	 *
	 * @param organization a code; a district's includes its schools
	 * @param state only those; without it all but the settled ones
	 * @param proposed only those that are proposed for deactivation
	 * @param mine only those whose decision is one's own duty; of the service center, whom nobody else can decide
	 */
	public record Query(@Nullable String organization, @Nullable State state, boolean proposed, boolean mine) {}

	/** One account of a confirmation. */
	public record Entry(UUID account, State state) {}

	/** Those who are asked for, by last name, first name and username. */
	public List<Entry> find(Actor actor, Confirmation confirmation, Query query) {
		if (query.proposed() && confirmation.phase(clock.instant()) == Phase.OPEN) return List.of();
		List<Holder> concerned = concerned(actor, confirmation, query.organization())
				.filter(query.mine() ? mine(actor, confirmation) : _ -> true).toList();
		Function<Holder, State> states = states(confirmation, concerned);
		return concerned.stream().map(it -> new Entry(it.id(), states.apply(it)))
				.filter(it -> query.state() == null ? it.state() != State.SETTLED : it.state() == query.state())
				.filter(it -> !query.proposed() || it.state().isProposed()).toList();
	}

	/** All of them, the settled ones too. */
	public List<Entry> all(Actor actor, Confirmation confirmation) {
		List<Holder> concerned = concerned(actor, confirmation, null).toList();
		Function<Holder, State> states = states(confirmation, concerned);
		return concerned.stream().map(it -> new Entry(it.id(), states.apply(it))).toList();
	}

	/**
	 * @param organization of it and of its schools; without it all, by district for the service center, and by place for everybody else
	 */
	public Progress progress(Actor actor, Confirmation confirmation, @Nullable String organization) {
		List<Holder> concerned = concerned(actor, confirmation, organization).toList();
		Function<Holder, State> states = states(confirmation, concerned);
		boolean byDistrict = actor.isStateWide() && organization == null;
		var people = new Count();
		Map<String, Count> places = new TreeMap<>();
		for (Holder holder : concerned) {
			State state = states.apply(holder);
			people.add(state);
			holder.organizations().stream()
					.filter(it -> actor.owns(it) && confirmation.touches(Set.of(it.district()))
							&& (organization == null || isOf(it, organization)))
					.map(it -> byDistrict ? it.district() : it.code()).distinct()
					.forEach(place -> places.computeIfAbsent(place, _ -> new Count()).add(state));
		}
		return new Progress(people.tally(), places.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
				it -> it.getValue().tally(), (one, _) -> one, TreeMap::new)));
	}

	private static boolean isOf(Organization place, String organization) {
		return place.code().equals(organization) || place.district().equals(organization);
	}

	/** How many accounts each coordinator has to decide, of those that nobody has decided. */
	Map<UUID, Integer> openByCoordinator(Confirmation confirmation) {
		List<Holder> asked = roster.holders(confirmation.districts()).filter(confirmation::asksFor).toList();
		Function<Holder, State> states = states(confirmation, asked);
		var duties = new Duties(confirmation, roster.holders(confirmation.districts()));
		Map<UUID, Integer> open = new TreeMap<>();
		asked.stream().filter(it -> states.apply(it) == State.OPEN)
				.forEach(it -> duties.of(it).forEach(coordinator -> open.merge(coordinator, 1, Integer::sum)));
		return open;
	}

	private Predicate<Holder> mine(Actor actor, Confirmation confirmation) {
		Set<String> districts = actor.isStateWide()
				? confirmation.districts()
				: concerned(actor, confirmation, null).flatMap(it -> it.organizations().stream())
						.map(Organization::district).collect(Collectors.toSet());
		var duties = new Duties(confirmation, roster.holders(districts));
		return actor.isStateWide()
				? it -> duties.of(it).isEmpty()
				: it -> duties.of(it).contains(Objects.requireNonNull(actor.accountId()));
	}

	private Stream<Holder> concerned(Actor actor, Confirmation confirmation, @Nullable String organization) {
		Collection<String> places = actor.isStateWide() ? confirmation.districts() : actor.organizations();
		if (organization != null) places = Set.of(organization);
		if (places.isEmpty() && !actor.isStateWide()) return Stream.empty();
		return roster.holders(places).filter(it -> confirmation.asksFor(it) || confirmation.isSettled(it))
				.filter(it -> actor.sees(it.id(), it.organizations()));
	}

	private Function<Holder, State> states(Confirmation confirmation, Collection<Holder> of) {
		Map<UUID, Verdict> verdicts = decisions.verdicts(confirmation.id(), of.stream().map(Holder::id).toList());
		return it -> State.of(it.isActive(), verdicts.get(it.id()));
	}
}
