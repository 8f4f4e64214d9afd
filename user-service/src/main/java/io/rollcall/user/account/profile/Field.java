package io.rollcall.user.account.profile;

/** The ten fields of the guide's Table 4, in its order, which is the order of a row's notes. */
public enum Field {
	USERNAME("username", "Username", true),
	FIRST_NAME("firstName", "Fname", true),
	LAST_NAME("lastName", "Lname", true),
	EMAIL("email", "Email", true),
	ROLE("role", "Role", true),
	ORGANIZATIONS("organizations", "Org", true),
	PROGRAMS("programs", "Program", false),
	PHONE("phone", "Phone", false),
	FAX("fax", "Fax", false),
	ADDRESS("address", "Address", false);

	private final String id;
	private final String column;
	private final boolean required;

	Field(String id, String column, boolean required) {
		this.id = id;
		this.column = column;
		this.required = required;
	}

	/** Starred in Table 4. */
	public boolean isRequired() {
		return required;
	}

	/** Whether it may have several values. */
	boolean isList() {
		return this == ORGANIZATIONS || this == PROGRAMS;
	}

	/** The name in JSON. */
	public String id() {
		return id;
	}

	/** The name in the CSV template. */
	public String column() {
		return column;
	}
}
