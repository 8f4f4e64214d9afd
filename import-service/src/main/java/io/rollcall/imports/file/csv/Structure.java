package io.rollcall.imports.file.csv;

import java.nio.CharBuffer;

/**
 * Whether a text is laid out as RFC 4180 says, and not so wide that parsing it would fill the memory. Commons CSV, which
 * parses it then, takes more than that (a quote within an unquoted cell, blanks after a closing one), and makes a string of
 * each cell of a record before anyone can look at how many there are.
 */
final class Structure {
	/** As many columns as a spreadsheet has. */
	private static final int MAX_CELLS = 16_384;
	/** As many rows as a spreadsheet has. */
	private static final int MAX_LINES = 1_048_576;

	private enum State {
		CELL_START, UNQUOTED, QUOTED, QUOTE_IN_QUOTED
	}

	private Structure() {}

	/** The text without the blank and bare-comma lines at its end, of which spreadsheets sometimes leave a million. */
	static CharBuffer withoutBlankEnd(CharBuffer text) {
		int end = text.length();
		while (end > 0 && ", \t\r\n".indexOf(text.charAt(end - 1)) >= 0)
			end--;
		while (end < text.length() && text.charAt(end) != '\r' && text.charAt(end) != '\n')
			end++;
		return text.subSequence(0, end);
	}

	static boolean isSound(CharSequence text) {
		State state = State.CELL_START;
		int cells = 1;
		int lines = 1;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (state == State.QUOTED) {
				if (c == '"') state = State.QUOTE_IN_QUOTED;
				continue;
			}
			switch (c) {
				case '"' -> {
					if (state == State.UNQUOTED) return false;
					state = State.QUOTED; // opened, or the second of a pair
				}
				case ',' -> {
					if (++cells > MAX_CELLS) return false;
					state = State.CELL_START;
				}
				case '\r', '\n' -> {
					if (++lines > MAX_LINES) return false;
					cells = 1;
					state = State.CELL_START;
				}
				default -> {
					if (state == State.QUOTE_IN_QUOTED) return false;
					state = State.UNQUOTED;
				}
			}
		}
		return state != State.QUOTED;
	}
}
