package io.rollcall.notification;

import java.util.regex.Pattern;

/**
 * What people call themselves, a file or a program, as far as an official mail repeats it: whoever chooses a name can have the mail
 * sent to somebody else, so nothing that a mail program would make a link of, and no name that reads like an offer. What is more
 * than a name is left out, never altered. A username alone cannot be left out, and is shown so that no link comes of it.
 */
public final class Shown {
	/** Joiners belong to the spelling of some languages. */
	private static final String LETTERS = "\\p{L}\\p{M}\u200C\u200D";
	/** Letters that look like full stops and colons. The digits that look so, Arabic ones, are left out with all but 0 to 9. */
	private static final String NO_TONES_OF_LISU = "(?!.*[\uA4F8-\uA4FD])";
	private static final String BLANKS_AND_MARKS = " ,'’‘`´ʼ\\-‐‑";
	/** A full stop stands where no name of a domain has one: before a blank or at the end. */
	private static final Pattern PERSON = Pattern
			.compile(NO_TONES_OF_LISU + "(?:[" + LETTERS + BLANKS_AND_MARKS + "]|\\.(?= |$))*");
	private static final Pattern THING = Pattern.compile(
			NO_TONES_OF_LISU + "(?:[" + LETTERS + BLANKS_AND_MARKS + "0-9_()&+#=]|\\.(?= |$))*(?:\\.(?i:csv|txt))?");

	private static final Pattern WORD = Pattern.compile("[" + LETTERS + "]+");
	/** "Juan Carlos de la Torre Rivera" has six; what is to be read as a message needs more. */
	private static final int MOST_WORDS = 6;
	/** Of this century. It is no part of a number that can be called. */
	private static final Pattern DAY = Pattern.compile("(?<!\\d)20\\d\\d[-_ ]?[01]\\d[-_ ]?[0-3]\\d(?!\\d)");
	private static final Pattern DIGIT = Pattern.compile("[0-9]");
	/** A number that can be called has seven. */
	private static final int MOST_DIGITS = 6;

	/** What an address or a phone number cannot do without. */
	private static final Pattern SIGN = Pattern.compile("[.@-]");
	private static final String WORD_JOINER = "\u2060";

	private Shown() {}

	/** A person's name; blank when it is more than that. */
	public static String person(String name) {
		return PERSON.matcher(name).matches() && count(WORD, name) <= MOST_WORDS ? name : "";
	}

	/** The name of a file or a program; blank when it is more than that. */
	public static String thing(String name) {
		return THING.matcher(name).matches() && count(WORD, name) <= MOST_WORDS
				&& count(DIGIT, DAY.matcher(name).replaceAll("")) <= MOST_DIGITS ? name : "";
	}

	/**
	 * A username with what nobody sees on both sides of each sign: of {@code www.evil.example} mail programs then make no link. Whoever
	 * copies it signs in with it all the same, for format characters are no part of a username.
	 */
	public static String username(String username) {
		return SIGN.matcher(username).replaceAll(WORD_JOINER + "$0" + WORD_JOINER);
	}

	private static long count(Pattern what, String name) {
		return what.matcher(name).results().count();
	}
}
