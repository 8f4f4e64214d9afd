package io.rollcall.acceptance.oracle;

import java.util.Set;

/** What is known of a person; no programs means all of them, a blank phone, fax or address means none. */
public record Account(String username, String firstName, String lastName, String email, String role,
		Set<String> organizations, Set<String> programs, String phone, String fax, String address,
		boolean deactivated) {
	public Account {
		organizations = Set.copyOf(organizations);
		programs = Set.copyOf(programs);
	}

	Account asDeactivated() {
		return new Account(username, firstName, lastName, email, role, organizations, programs, phone, fax, address,
				true);
	}
}
