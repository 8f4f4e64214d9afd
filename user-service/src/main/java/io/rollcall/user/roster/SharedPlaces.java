package io.rollcall.user.roster;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.rollcall.user.directory.Organization;
import io.rollcall.user.roster.RosterEntry.Places;

/** Gives equal places as one: there are as many accounts as people, and as many places as schools. */
final class SharedPlaces {
	/** A state has some thousands of schools, and fewer that people share. */
	static final int MOST = 20_000;

	private final Map<Set<Organization>, Places> byOrganizations = new ConcurrentHashMap<>();

	/** Those where nobody is any more are forgotten, with all others, when there are too many. */
	Places of(Set<Organization> organizations) {
		if (byOrganizations.size() >= MOST) byOrganizations.clear();
		return byOrganizations.computeIfAbsent(organizations, Places::of);
	}

	int size() {
		return byOrganizations.size();
	}
}
