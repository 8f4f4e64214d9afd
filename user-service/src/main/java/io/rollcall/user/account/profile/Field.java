package io.rollcall.user.account.profile;

/** The ten fields of the guide's Table 4, in its order, which is the order of a row's notes. */
public enum Field {
	USERNAME("username", "Username"),
	FIRST_NAME("firstName", "Fname"),
	LAST_NAME("lastName", "Lname"),
	EMAIL("email", "Email"),
	ROLE("role", "Role"),
	ORGANIZATIONS("organizations", "Org"),
	PROGRAMS("programs", "Program"),
	PHONE("phone", "Phone"),
	FAX("fax", "Fax"),
	ADDRESS("address", "Address");

	private final String id;
	private final String column;

	Field(String id, String column) {
		this.id = id;
		this.column = column;
	}

	/** Starred in Table 4. */
	public boolean isRequired() {
		return compareTo(PROGRAMS) < 0;
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
