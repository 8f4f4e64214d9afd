package io.rollcall.user.row;

import java.util.regex.Pattern;

/** What spreadsheets make of a cell that they take for a number, a date or a formula: {@code 1.23457E+11}, {@code 1-Mar}, {@code #N/A}. */
final class SpreadsheetValue {
	private static final String DAY = "(?:0?[1-9]|[12]\\d|3[01])";
	private static final String MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";
	private static final String YEAR = "(?:\\d\\d|\\d{4})";
	/** A long number; one with a fraction that it never had. */
	private static final String NUMBER = "[+-]?\\d(?:\\.\\d+)?E[+-]\\d{1,3}|\\d+\\.0+";
	/** A month and a year only as spreadsheets write them: in small letters it may be a name. */
	private static final String DATE = DAY + "-(?i:" + MONTH + ")(?:-" + YEAR + ")?|" + MONTH + "-" + YEAR
			+ "|(?:19|20)\\d\\d-\\d\\d-" + DAY + "|" + DAY + "([-.])" + DAY + "\\1" + YEAR;
	private static final Pattern NUMBER_OR_DATE = Pattern.compile(NUMBER + "|" + DATE);
	private static final Pattern TRUTH = Pattern.compile("TRUE|FALSE");
	/** Also a column that is too narrow. */
	private static final Pattern ERROR = Pattern
			.compile("#(?:N/A|REF!|NAME\\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!)|Err:\\d{3}|#{2,}");

	private SpreadsheetValue() {}

	static boolean isUsername(String text) {
		return NUMBER_OR_DATE.matcher(text).matches() || TRUTH.matcher(text).matches();
	}

	/** True is a name, in capitals like any other. */
	static boolean isName(String text) {
		return NUMBER_OR_DATE.matcher(text).matches() || ERROR.matcher(text).matches();
	}
}
