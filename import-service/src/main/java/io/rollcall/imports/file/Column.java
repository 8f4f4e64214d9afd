package io.rollcall.imports.file;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ten columns of the template, in its order (guide, Table 4). */
public enum Column {
	USERNAME("Username", true), //
	FNAME("Fname", true), //
	LNAME("Lname", true), //
	EMAIL("Email", true), //
	ROLE("Role", true), //
	ORG("Org", true), //
	PROGRAM("Program", false), //
	PHONE("Phone", false), //
	FAX("Fax", false), //
	ADDRESS("Address", false);

	/** Those that a file must have (starred in Table 4), whatever it is uploaded for. */
	public static final List<Column> REQUIRED = Arrays.stream(values()).filter(column -> column.required).toList();

	private final String title;
	private final boolean required;

	Column(String title, boolean required) {
		this.title = title;
		this.required = required;
	}

	/** As the template spells it. */
	public String title() {
		return title;
	}

	/** The cells by the titles of their columns, in the same order. */
	public static Map<String, String> byTitle(Map<Column, String> cells) {
		Map<String, String> named = new LinkedHashMap<>();
		cells.forEach((column, cell) -> named.put(column.title(), cell));
		return named;
	}

	/** @param header a cell of a header line without surrounding blanks; the case of ASCII's letters does not matter */
	public static Optional<Column> titled(String header) {
		return Arrays.stream(values()).filter(column -> Ascii.equalIgnoringCase(column.title, header))
				.findFirst();
	}
}
