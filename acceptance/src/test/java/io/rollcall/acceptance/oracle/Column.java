package io.rollcall.acceptance.oracle;

import java.util.List;
import java.util.stream.Stream;

/** The template's columns in its order (guide, Table 4). */
public enum Column {
	USERNAME("Username", true),
	FNAME("Fname", true),
	LNAME("Lname", true),
	EMAIL("Email", true),
	ROLE("Role", true),
	ORG("Org", true),
	PROGRAM("Program", false),
	PHONE("Phone", false),
	FAX("Fax", false),
	ADDRESS("Address", false);

	/** Those with a star. */
	public static final List<Column> REQUIRED = Stream.of(values()).filter(Column::isRequired).toList();

	private final String header;
	private final boolean required;

	Column(String header, boolean required) {
		this.header = header;
		this.required = required;
	}

	public String header() {
		return header;
	}

	public boolean isRequired() {
		return required;
	}
}
