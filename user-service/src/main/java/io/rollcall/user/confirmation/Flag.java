package io.rollcall.user.confirmation;

import java.util.Locale;

/** What is odd about an account, and worth a look before somebody says that it stays. */
public enum Flag {
	NEVER_SIGNED_IN,
	/** One of its organizations is closed, or the directory does not know it. */
	ORGANIZATION_CLOSED,
	NO_ORGANIZATION,
	/** Another active account within sight has the same name and address. */
	SAME_PERSON;

	/** Stable, for programs. */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
