package io.rollcall.platform.csv;

/**
 * The apostrophe that keeps a spreadsheet from running a cell as a formula (OWASP, "CSV Injection"; a line feed is as good as a
 * carriage return). Writing adds one where a trigger follows any number of them, reading takes one off where there is at least
 * one: so whatever is written is read as it was.
 */
public final class FormulaMark {
	private static final String TRIGGERS = "=+-@\t\r\n＝＋－＠";
	private static final char MARK = '\'';

	private FormulaMark() {}

	/** The cell as it is written. */
	public static String added(String cell) {
		return triggerAfterMarks(cell) >= 0 ? MARK + cell : cell;
	}

	/** The cell as it was before {@link #added}. */
	public static String removed(String cell) {
		return triggerAfterMarks(cell) >= 1 ? cell.substring(1) : cell;
	}

	/** Where a trigger stands with nothing but marks before it; -1 when there is none. */
	private static int triggerAfterMarks(String cell) {
		int i = 0;
		while (i < cell.length() && cell.charAt(i) == MARK)
			i++;
		return i < cell.length() && TRIGGERS.indexOf(cell.charAt(i)) >= 0 ? i : -1;
	}
}
