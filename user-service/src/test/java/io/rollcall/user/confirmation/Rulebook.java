package io.rollcall.user.confirmation;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.directory.Organization;

/** What a confirmation must say, worked out from the rules in words (docs/rules.md), with none of the code that is tested. */
final class Rulebook {
	/** The guide's Table 1: whose accounts those of a role manage. */
	private static final Map<String, String> MANAGES = Map.of("SC", "SC OPS DTC STC TC TA RAO", "DTC",
			"DTC STC TC TA RAO", "STC", "STC TC TA RAO", "TC", "TC TA RAO");

	/** Somebody with an account, as of now. */
	static final class Person {
		final UUID id;
		final Instant createdAt;
		String role;
		List<Organization> places;
		boolean active = true;
		@Nullable
		Instant deactivatedAt;

		Person(UUID id, String role, List<Organization> places, Instant createdAt) {
			this.id = id;
			this.role = role;
			this.places = places;
			this.createdAt = createdAt;
		}
	}

	/** What was last said of somebody. */
	record Said(String verdict, long version, String cause) {}

	final Map<UUID, Person> people = new HashMap<>();
	final Map<UUID, Said> said = new HashMap<>();
	final Map<String, UUID> handedOver = new HashMap<>();
	final Set<String> scope;
	final Instant openedAt;
	Instant end;
	boolean closed;

	Rulebook(Set<String> scope, Instant openedAt, Instant end) {
		this.scope = scope;
		this.openedAt = openedAt;
		this.end = end;
	}

	private boolean manages(Person who, String role) {
		return List.of(MANAGES.getOrDefault(who.role, "").split(" ")).contains(role);
	}

	private static boolean owns(Person who, Organization place) {
		return who.role.equals("SC") || who.places.stream()
				.anyMatch(it -> it.code().equals(place.code()) || it.code().equals(place.district()));
	}

	boolean sees(Person who, Person whom) {
		return who.role.equals("SC") || who == whom || whom.places.stream().anyMatch(it -> owns(who, it));
	}

	private boolean inScope(Organization place) {
		return scope.isEmpty() || scope.contains(place.district());
	}

	private boolean wasAskedFor(Person whom) {
		boolean somewhere = scope.isEmpty() || whom.places.stream().anyMatch(this::inScope);
		return somewhere && !whom.role.equals("SC") && !whom.role.equals("OPS") && !whom.createdAt.isAfter(openedAt);
	}

	private boolean isAskedFor(Person whom) {
		return whom.active && wasAskedFor(whom);
	}

	/** The state of somebody in the confirmation; blank for who is no part of it. */
	String state(Person whom) {
		if (!wasAskedFor(whom)) return "";
		if (!whom.active) {
			return whom.deactivatedAt != null && whom.deactivatedAt.isAfter(openedAt) ? "settled" : "";
		}
		Said last = said.get(whom.id);
		return last == null ? "open" : last.verdict();
	}

	boolean takes(Person who, Instant now) {
		return !closed && (now.isBefore(end) || who.role.equals("SC"));
	}

	/** Whether the decision that stands is this one. */
	boolean isDecidedBy(UUID id, String cause) {
		Said last = said.get(id);
		return last != null && last.cause().equals(cause);
	}

	/** What becomes of a decision, and what it leaves. */
	String decide(Person who, UUID id, String verdict, long seen, String cause, boolean answered, boolean over) {
		Person whom = people.get(id);
		if (whom == null || !sees(who, whom)) return "not found";
		Said last = said.get(id);
		if (last != null && last.cause().equals(cause) && last.verdict().equals(verdict)) return "done";
		if (who == whom) return "not allowed";
		if (!whom.active) return "deactivated";
		if (!isAskedFor(whom)) return "not asked";
		if (!manages(who, whom.role)) return "not allowed";
		if (verdict.equals("left") && !whom.places.stream().allMatch(it -> owns(who, it))) return "outside own";
		if (last != null && last.verdict().equals(verdict)) return "unchanged";
		if (last != null && last.version() != seen) return "already decided";
		if (over) return "over";
		if (answered) return "answered before";
		said.put(id, new Said(verdict, last == null ? 1 : last.version() + 1, cause));
		return "done";
	}

	/** Who is to decide about somebody: her district's coordinators, or whom a school of hers was handed to; else who may. */
	Set<UUID> duty(Person whom) {
		Set<UUID> expected = new HashSet<>();
		Set<UUID> able = new HashSet<>();
		for (Organization place : whom.places) {
			if (!inScope(place)) continue;
			UUID given = handedOver.get(place.code());
			Person holder = given == null ? null : people.get(given);
			boolean isHeld = holder != null && holder.active && holder.role.equals("STC") && holder != whom
					&& manages(holder, whom.role)
					&& holder.places.stream().anyMatch(it -> it.code().equals(place.code()));
			if (isHeld) expected.add(Objects.requireNonNull(given));
			for (Person other : people.values()) {
				if (!other.active || other == whom || other.role.equals("SC") || !manages(other, whom.role)
						|| !owns(other, place)) {
					continue;
				}
				able.add(other.id);
				if (!isHeld && other.role.equals("DTC")) expected.add(other.id);
			}
		}
		return expected.isEmpty() ? able : expected;
	}

	/** Whom somebody finds on her list. */
	Set<UUID> listed(Person who, String state, boolean proposed, boolean mine, Instant now) {
		boolean over = closed || !now.isBefore(end);
		return people.values().stream().filter(it -> sees(who, it)).filter(it -> {
			String is = state(it);
			if (is.isEmpty() || (state.isEmpty() ? is.equals("settled") : !is.equals(state))) return false;
			if (proposed && !(over && (is.equals("open") || is.equals("left")))) return false;
			return !mine || (who.role.equals("SC") ? duty(it).isEmpty() : duty(it).contains(who.id));
		}).map(it -> it.id).collect(Collectors.toSet());
	}

	/** How many of those within sight are in each state, as {@code {open=3, stays=2}}. */
	Map<String, Integer> tally(Person who) {
		return tally(people.values().stream().filter(it -> sees(who, it)).toList());
	}

	private Map<String, Integer> tally(Collection<Person> of) {
		Map<String, Integer> states = new TreeMap<>();
		of.stream().map(this::state).filter(it -> !it.isEmpty()).forEach(it -> states.merge(it, 1, Integer::sum));
		return states;
	}

	/** The same by place, or for the service center by district. */
	Map<String, Map<String, Integer>> places(Person who) {
		Map<String, Map<String, Integer>> places = new TreeMap<>();
		people.values().stream().filter(it -> sees(who, it) && !state(it).isEmpty()).forEach(whom -> {
			Set<String> codes = new TreeSet<>();
			for (Organization place : whom.places)
				if (inScope(place) && owns(who, place))
					codes.add(who.role.equals("SC") ? place.district() : place.code());
			codes.forEach(
					code -> places.computeIfAbsent(code, _ -> new TreeMap<>()).merge(state(whom), 1, Integer::sum));
		});
		return places;
	}

	/** How much each coordinator has to decide. */
	Map<UUID, Integer> reminded() {
		Map<UUID, Integer> open = new HashMap<>();
		people.values().stream().filter(it -> state(it).equals("open"))
				.forEach(it -> duty(it).forEach(who -> open.merge(who, 1, Integer::sum)));
		return open;
	}

	boolean mayHandOver(Person who, String school, @Nullable UUID to) {
		Person stc = to == null ? null : people.get(to);
		return stc != null && stc.active && stc.role.equals("STC") && stc.places.stream()
				.anyMatch(it -> it.code().equals(school) && owns(who, it) && inScope(it));
	}
}
