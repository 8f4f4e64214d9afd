package io.rollcall.user.roster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.rollcall.user.account.Lifetime.Status;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;

/**
 * How far the active accounts of an organization are, and of its schools where it is a district.
 *
 * @param people all of them, each once
 * @param places by code, in its order; whoever is at several counts at each, and what has no account is absent
 */
public record Readiness(Figures people, Map<String, Figures> places) {
	/**
	 * How many accounts there are.
	 *
	 * @param roles in each role, as far as somebody has it
	 * @param passwords in the same way; each account is one of them
	 * @param undelivered of which a mail with credentials did not go out
	 */
	public record Figures(int accounts, Map<Role, Integer> roles, Map<PortalPassword, Integer> passwords,
			int undelivered) {
		static Figures of(Collection<RosterEntry> entries, Set<String> failed, long now) {
			return new Figures(entries.size(), counts(entries, RosterEntry::role),
					counts(entries, entry -> entry.password(now)),
					(int) entries.stream().filter(entry -> failed.contains(entry.issue())).count());
		}

		private static <K> Map<K, Integer> counts(Collection<RosterEntry> entries, Function<RosterEntry, K> of) {
			return entries.stream().collect(Collectors.groupingBy(of, TreeMap::new, Collectors.summingInt(_ -> 1)));
		}
	}

	/**
	 * @param entries of the organization, and of its schools
	 * @param actor who sees no other places than own ones
	 * @param failed issues of credentials of which a mail did not go out
	 * @param now in milliseconds
	 */
	static Readiness of(String organization, Collection<RosterEntry> entries, Actor actor, Set<String> failed,
			long now) {
		Set<RosterEntry> people = new LinkedHashSet<>();
		Map<String, List<RosterEntry>> byPlace = new TreeMap<>();
		for (RosterEntry entry : entries) {
			if (entry.status() != Status.ACTIVE) continue;
			for (Organization place : entry.places().organizations()) {
				boolean isOfIt = place.code().equals(organization) || place.district().equals(organization);
				if (!isOfIt || !actor.owns(place)) continue;
				people.add(entry);
				byPlace.computeIfAbsent(place.code(), _ -> new ArrayList<>()).add(entry);
			}
		}
		Map<String, Figures> places = new TreeMap<>();
		byPlace.forEach((code, there) -> places.put(code, Figures.of(there, failed, now)));
		return new Readiness(Figures.of(people, failed, now), places);
	}
}
