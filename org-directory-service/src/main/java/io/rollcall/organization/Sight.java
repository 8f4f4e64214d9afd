package io.rollcall.organization;

import java.util.Set;

/** What part of the directory somebody searches. */
public sealed interface Sight {
	boolean covers(Organization organization);

	/** The whole state. */
	record StateWide() implements Sight {
		@Override
		public boolean covers(Organization organization) {
			return true;
		}
	}

	/** One's own organizations; a district contains its schools. */
	record Own(Set<String> codes) implements Sight {
		@Override
		public boolean covers(Organization organization) {
			String parent = organization.parent();
			return codes.contains(organization.code()) || parent != null && codes.contains(parent);
		}
	}
}
