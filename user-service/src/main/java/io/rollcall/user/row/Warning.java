package io.rollcall.user.row;

import java.util.Locale;
import java.util.function.Predicate;

import io.rollcall.user.account.profile.Field;

/**
 * What is legal, but hardly meant: the row is applied as it asks, and whoever hands it in is told. In the order of the columns; no note
 * of the guide, and no reason to reject anything.
 */
public enum Warning {
	USERNAME_OF_SPREADSHEET(Field.USERNAME, "Username looks like a number or a date that a spreadsheet made",
			SpreadsheetValue::isUsername),
	FIRST_NAME_OF_SPREADSHEET(Field.FIRST_NAME, "First name looks like a value that a spreadsheet made",
			SpreadsheetValue::isName),
	FIRST_NAME_MISREAD(Field.FIRST_NAME, "First name has characters that may come from a wrong encoding",
			MisreadName::isOne),
	LAST_NAME_OF_SPREADSHEET(Field.LAST_NAME, "Last name looks like a value that a spreadsheet made",
			SpreadsheetValue::isName),
	LAST_NAME_MISREAD(Field.LAST_NAME, "Last name has characters that may come from a wrong encoding",
			MisreadName::isOne),
	/** Not of the text alone: of what else there is. */
	USER_UNDER_OTHER_USERNAME(Field.EMAIL,
			"A user with the same name and email address exists under another username", _ -> false);

	private final Field field;
	private final String message;
	private final Predicate<String> shows;

	Warning(Field field, String message, Predicate<String> shows) {
		this.field = field;
		this.message = message;
		this.shows = shows;
	}

	public Field field() {
		return field;
	}

	/** Stable, for programs. */
	public String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	public String message() {
		return message;
	}

	/** Whether the text of its field gives reason for it. */
	boolean isIn(String text) {
		return shows.test(text);
	}
}
