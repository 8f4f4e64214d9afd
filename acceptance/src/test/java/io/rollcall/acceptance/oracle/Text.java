package io.rollcall.acceptance.oracle;

import java.text.Normalizer;

/** What a cell says: without the mark against spreadsheets, without blanks around it, in the composed form. */
public final class Text {
	/** What a spreadsheet would run as a formula, with the full-width twins. */
	private static final String FORMULA = "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20";

	private Text() {}

	static String of(String cell) {
		return trimmed(withoutMark(cell));
	}

	static String trimmed(String text) {
		return Normalizer.normalize(text.strip(), Normalizer.Form.NFC);
	}

	static int length(String text) {
		return text.codePointCount(0, text.length());
	}

	/** Takes off one {@code '} before what, behind any more of them, starts as a formula does. */
	public static String withoutMark(String cell) {
		return cell.startsWith("'") && startsFormula(cell) ? cell.substring(1) : cell;
	}

	/** As a file for spreadsheets must have it: the one that {@link #withoutMark} undoes. */
	public static String withMark(String cell) {
		return startsFormula(cell) ? "'" + cell : cell;
	}

	private static boolean startsFormula(String cell) {
		int first = 0;
		while (first < cell.length() && cell.charAt(first) == '\'') {
			first++;
		}
		return first < cell.length() && FORMULA.indexOf(cell.charAt(first)) >= 0;
	}

	/** Control characters, line and paragraph separators, marks that turn the direction of writing. */
	static boolean hasControls(String text) {
		return text.codePoints().anyMatch(Text::isControl);
	}

	static boolean hasControlsBesideLineBreaks(String text) {
		return text.codePoints().filter(c -> c != '\n' && c != '\r').anyMatch(Text::isControl);
	}

	private static boolean isControl(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
			default ->
				c == 0x061C || c == 0x200E || c == 0x200F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
		};
	}

	/** Printable, with what cannot be seen spelled out. */
	public static String visible(String text) {
		var visible = new StringBuilder("\"");
		text.codePoints().forEach(c -> {
			if (isControl(c) || c != ' ' && Character.isWhitespace(c) || Character.getType(c) == Character.FORMAT
					|| c == 0xA0) {
				visible.append("\\u{").append(Integer.toHexString(c)).append('}');
			} else {
				visible.appendCodePoint(c);
			}
		});
		return visible.append('"').toString();
	}
}
