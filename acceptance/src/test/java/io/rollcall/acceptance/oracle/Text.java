package io.rollcall.acceptance.oracle;

import java.text.Normalizer;

/** What a cell says: without the mark against spreadsheets and without what nobody can see, in the composed form. */
public final class Text {
	/** What a spreadsheet would run as a formula, with the full-width twins. */
	private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

	private static final String NOTHING = "[\\s\\x1C-\\x1F\\p{Z}\\p{Cf}\\x{115F}\\x{1160}\\x{2800}\\x{3164}\\x{FFA0}]*";
	private static final String NO_SPELLING = "(?![\u200C\u200D])\\p{Cf}"
			+ "|(?<![\\p{L}\\p{Mn}\\p{Mc}])[\u200C\u200D]|[\u200C\u200D](?![\\p{L}\\p{Mn}\\p{Mc}])";

	private Text() {}

	/** A name or an address: its joiners stay between letters. */
	static String of(String cell) {
		String visible = trimmed(withoutMark(cell)).replaceAll(NO_SPELLING, "");
		return Normalizer.normalize(visible, Normalizer.Form.NFC);
	}

	/** What is known by its letters: a username, an e-mail address, a code, a number. */
	static String identifier(String cell) {
		return code(withoutMark(cell));
	}

	static String code(String text) {
		return trimmed(text.replaceAll("\\p{Cf}", "").replaceAll("[‘’ʼ]", "'"));
	}

	/** Without what nobody can see at both ends. */
	static String trimmed(String text) {
		return text.replaceAll("^" + NOTHING + "|" + NOTHING + "$", "");
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

	/** Control characters, line and paragraph separators, what is private or not assigned. */
	static boolean hasControls(String text) {
		return text.codePoints().anyMatch(Text::isControl);
	}

	static boolean hasControlsBesideLineBreaks(String text) {
		return text.codePoints().filter(c -> c != '\n' && c != '\r').anyMatch(Text::isControl);
	}

	private static boolean isControl(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.PRIVATE_USE,
					Character.UNASSIGNED ->
				true;
			default -> false;
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
