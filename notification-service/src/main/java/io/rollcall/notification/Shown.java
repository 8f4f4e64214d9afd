package io.rollcall.notification;

import java.util.regex.Pattern;

/**
 * What people call themselves, a file or a program, as far as an official mail repeats it: whoever chooses a name can have the mail
 * sent to somebody else, so nothing that a mail program would make a link of, and no name that reads like an offer. What is more
 * than a name is left out, never altered.
 */
public final class Shown {
	/** Joiners belong to the spelling of some languages. */
	private static final String LETTERS = "\\p{L}\\p{M}\u200C\u200D";
	private static final String BLANKS_AND_MARKS = " ,'’‘`´ʼ\\-‐‑";
	/** A full stop stands where no name of a domain has one: before a blank or at the end. */
	private static final Pattern PERSON = Pattern
			.compile("(?:[" + LETTERS + BLANKS_AND_MARKS + "]|\\.(?= |$))*");
	private static final Pattern THING = Pattern.compile(
			"(?:[" + LETTERS + BLANKS_AND_MARKS + "\\p{Nd}_()&+#=]|\\.(?= |$))*(?:\\.(?i:csv|txt))?");

	private Shown() {}

	/** A person's name; blank when it is more than that. */
	public static String person(String name) {
		return PERSON.matcher(name).matches() ? name : "";
	}

	/** The name of a file or a program; blank when it is more than that. */
	public static String thing(String name) {
		return THING.matcher(name).matches() ? name : "";
	}
}
