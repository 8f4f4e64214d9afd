package io.rollcall.user.account.profile;

import java.util.Arrays;
import java.util.List;

import io.rollcall.platform.Blanks;

/** The ten fields of the guide's Table 4, in its order, which is the order of a row's notes. */
public enum Field {
	USERNAME("username", "Username", true, Rule.identifier(Username.SHAPE)),
	FIRST_NAME("firstName", "Fname", true, Rule.text(1, 25)),
	LAST_NAME("lastName", "Lname", true, Rule.text(2, 25)),
	EMAIL("email", "Email", true, Rule.identifier(EmailAddress.SHAPE)),
	ROLE("role", "Role", true, Rule.CODE),
	ORGANIZATIONS("organizations", "Org", true, Rule.CODE),
	PROGRAMS("programs", "Program", false, Rule.CODE),
	PHONE("phone", "Phone", false, Rule.NUMBER),
	FAX("fax", "Fax", false, Rule.NUMBER),
	ADDRESS("address", "Address", false, Rule.lines(200));

	/** Those that an account may have or not: nothing else depends on them. */
	public static final List<Field> DETAILS = Arrays.stream(values()).filter(it -> !it.required && !it.isList())
			.toList();

	private final String id;
	private final String column;
	private final boolean required;
	private final Rule rule;

	Field(String id, String column, boolean required, Rule rule) {
		this.id = id;
		this.column = column;
		this.required = required;
		this.rule = rule;
	}

	/** Starred in Table 4. */
	public boolean isRequired() {
		return required;
	}

	/** Whether it may have several values. */
	public boolean isList() {
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

	/** As it is kept; empty when there is nothing to see in it. */
	String cleaned(String text) {
		return Blanks.isBlank(text) ? "" : rule.cleaned().apply(text);
	}

	/**
	 * As it is kept.
	 *
	 * @throws InvalidValue if it may not stand there
	 */
	String judged(String text) {
		String cleaned = rule.cleaned().apply(text);
		if (!rule.sound().test(cleaned)) throw new InvalidValue(Fault.of(this));
		if (!rule.readable().test(cleaned)) throw new InvalidValue(Fault.notText(this));
		return cleaned;
	}

	/** One that was stored, maybe before a stricter rule. */
	public String stored(String text) {
		try {
			return judged(text);
		} catch (InvalidValue _) {
			return judged(rule.mended().apply(text));
		}
	}
}
