package io.rollcall.acceptance.reach;

import java.util.List;

/**
 * A role at a place.
 *
 * @param far whether the place is in the district that the others are not of
 */
record Who(String role, List<String> organizations, boolean far) {
	static final String DOERING = "00050000-00050303";
	static final String AGAWAM = "00050000";
	static final String BOSTON_LATIN = "00350000-00350560";
	static final String BOSTON = "00350000";

	static Who of(String role, String... organizations) {
		return new Who(role, List.of(organizations), false);
	}

	/** Guide, Table 1; at the Portal. */
	boolean mayManage() {
		return List.of("SC", "DTC", "STC", "TC").contains(role);
	}

	/** A school within sight, where others are. */
	String school() {
		return far ? BOSTON_LATIN : DOERING;
	}

	String schoolOutside() {
		return far ? DOERING : BOSTON_LATIN;
	}

	String district() {
		return far ? BOSTON : AGAWAM;
	}
}
