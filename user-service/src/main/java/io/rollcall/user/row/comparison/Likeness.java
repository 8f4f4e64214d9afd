package io.rollcall.user.row.comparison;

import java.util.Locale;

/** What speaks for a record and an account with different usernames being the same person; the strongest first. */
public enum Likeness {
	/** The same address and the same first name. */
	ADDRESS_AND_NAME,
	/** The same address; two people may share one. */
	ADDRESS,
	/** The same first and last name at the same organization. */
	NAME,
	/** The same first name at the same organization: the last name may have changed. */
	FIRST_NAME;

	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
