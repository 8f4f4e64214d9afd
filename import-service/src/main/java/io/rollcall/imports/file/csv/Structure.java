package io.rollcall.imports.file.csv;

import java.nio.CharBuffer;

import io.rollcall.platform.Blanks;

/**
 * Whether a text is laid out as RFC 4180 says, and not so wide that parsing it would fill the memory. Commons CSV, which
 * parses it then, takes more than that (a quote within an unquoted cell, blanks after a closing one), and makes a string of
 * each cell of a record before anyone can look at how many there are. Beyond RFC 4180 a bare {@code ="text"} is taken.
 */
final class Structure {
	/** As many columns as a spreadsheet has. */
	private static final int MAX_CELLS = 16_384;
	/** As many rows as a spreadsheet has. */
	private static final int MAX_LINES = 1_048_576;

	private enum State {
		CELL_START,
		UNQUOTED,
		QUOTED,
		QUOTE_IN_QUOTED,
		/** Within {@code ="00050000"}, which spreadsheets write so that the zeros stay, mostly without quoting it. */
		FORMULA,
		AFTER_FORMULA,
		BROKEN
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

	/** How a text is laid out. */
	sealed interface Layout {
		record Sound() implements Layout {}

		/** Too wide or too long. */
		record TooLarge() implements Layout {}

		/**
		 * Its quotation marks do not match.
		 *
		 * @param value where the value begins in which they do not
		 * @param record where the record with it begins; all before it is sound
		 */
		record Broken(int value, int record) implements Layout {}
	}

	static Layout of(CharSequence text) {
		State state = State.CELL_START;
		int cells = 1;
		int lines = 1;
		int value = 0;
		int record = 0;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (state == State.QUOTED) {
				if (c == '"') state = State.QUOTE_IN_QUOTED;
				continue;
			}
			switch (c) {
				case '"' -> {
					state = switch (state) {
						case UNQUOTED -> isEqualsSign(text.subSequence(value, i)) ? State.FORMULA : State.BROKEN;
						case FORMULA -> State.AFTER_FORMULA;
						case AFTER_FORMULA -> State.BROKEN;
						default -> State.QUOTED; // opened, or the second of a pair
					};
				}
				case ',' -> {
					if (state == State.FORMULA) state = State.BROKEN;
					if (++cells > MAX_CELLS) return new Layout.TooLarge();
				}
				case '\r', '\n' -> {
					if (state == State.FORMULA) state = State.BROKEN;
					if (++lines > MAX_LINES) return new Layout.TooLarge();
					cells = 1;
				}
				default -> {
					if (state == State.QUOTE_IN_QUOTED || state == State.AFTER_FORMULA && !isBlank(c)) {
						state = State.BROKEN;
					}
					if (state == State.CELL_START) state = State.UNQUOTED;
				}
			}
			if (state == State.BROKEN) return new Layout.Broken(value, record);
			if (c == ',' || c == '\r' || c == '\n') {
				state = State.CELL_START;
				value = i + 1;
				if (c != ',') record = i + 1;
			}
		}
		return state == State.QUOTED || state == State.FORMULA
				? new Layout.Broken(value, record)
				: new Layout.Sound();
	}

	private static boolean isEqualsSign(CharSequence text) {
		int end = text.length() - 1;
		return text.charAt(end) == '=' && Blanks.isBlank(text.subSequence(0, end).toString());
	}

	private static boolean isBlank(char c) {
		return Blanks.isBlank(String.valueOf(c));
	}

	/** In which line, from 1, this place is. */
	static int line(CharSequence text, int at) {
		int line = 1;
		for (int i = 0; i < at; i++) {
			char c = text.charAt(i);
			if (c == '\n' || c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n')) line++;
		}
		return line;
	}
}
