package io.rollcall.organization;

/** Organizations of the tests. */
public final class Organizations {
	public static final Organization AGAWAM = Organization.district("00050000", "Agawam", "Public School District",
			"Feeding Hills");
	public static final Organization DOERING = Organization.school("00050000-00050303", "Roberta G. Doering School",
			"Public School", "Agawam", "00050000");
	public static final Organization AGAWAM_HIGH = Organization.school("00050000-00050505", "Agawam High",
			"Public School", "Feeding Hills", "00050000");
	public static final Organization NON_PUBLIC = Organization.district("00000000", "Non-public schools", "Non-Public",
			null);
	public static final Organization ST_BRIDGET = Organization.school("00000000-00010815", "St. Bridget School",
			"Private School", "Abington", "00000000");

	private Organizations() {}
}
