package io.rollcall.organization;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the state lists on a day. A list that cannot be right is refused whole: it would close what it forgot.
 *
 * @param asOf tells the newer of two lists, so that an instance that still has the older one does not bring it back
 */
public record OrganizationList(LocalDate asOf, List<Organization> organizations) {
	public OrganizationList {
		organizations = List.copyOf(organizations);
		if (organizations.isEmpty()) throw new InvalidList("The list of organizations is empty");
		Set<String> codes = new HashSet<>();
		for (Organization organization : organizations) {
			if (!codes.add(organization.code())) {
				throw new InvalidList("The list of organizations has the code " + organization.code() + " twice");
			}
		}
		Set<String> districts = organizations.stream().filter(o -> o.level() == Level.DISTRICT).map(Organization::code)
				.collect(Collectors.toSet());
		for (Organization organization : organizations) {
			if (organization.parent() != null && !districts.contains(organization.parent())) {
				throw new InvalidList("The list of organizations lacks the district of " + organization.code());
			}
		}
	}

	/** What this list changes in what is known: new, different, closed, open again. In the order of the list, closures last. */
	List<Revision> changesTo(List<Revision> known, Instant now) {
		Map<String, Revision> byCode = known.stream()
				.collect(Collectors.toMap(Revision::code, Function.identity()));
		List<Revision> changes = new ArrayList<>();
		for (Organization listed : organizations) {
			Revision before = byCode.remove(listed.code());
			if (before == null) {
				changes.add(Revision.first(listed, now));
			} else if (!before.organization().equals(listed)) {
				changes.add(before.next(listed, now));
			}
		}
		byCode.values().stream().filter(gone -> !gone.organization().closed())
				.map(gone -> gone.next(gone.organization().close(), now)).forEach(changes::add);
		return changes;
	}

	/** A list that cannot be the state's: the text says why. */
	public static class InvalidList extends RuntimeException {
		private static final long serialVersionUID = 1;

		public InvalidList(String message) {
			super(message);
		}
	}
}
