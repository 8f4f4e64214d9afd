package io.rollcall.user.row.comparison;

/** What speaks for a record and an account with different usernames being the same person; the strongest first. */
public enum Likeness {
	/** The same address and the same first name. */
	ADDRESS_AND_NAME("address-and-name"),
	/** The same address; two people may share one. */
	ADDRESS("address"),
	/** The same first and last name at the same organization. */
	NAME("name"),
	/** The same first name at the same organization: the last name may have changed. */
	FIRST_NAME("first-name");

	private final String id;

	Likeness(String id) {
		this.id = id;
	}

	/** Stable, for programs. */
	public String id() {
		return id;
	}
}
