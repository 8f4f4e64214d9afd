package io.rollcall.platform;

/**
 * What is empty to the eye, wherever text comes in: a spreadsheet's no-break space, and what a copied text brings along without any
 * width, are blanks like any other.
 */
public final class Blanks {
	private Blanks() {}

	/** The text without the blanks around it. */
	public static String stripped(String text) {
		int from = 0;
		int to = text.length();
		while (from < to && isBlank(text.charAt(from)))
			from++;
		while (to > from && isBlank(text.charAt(to - 1)))
			to--;
		return text.substring(from, to);
	}

	/** Whether there is nothing else in it. */
	public static boolean isBlank(String text) {
		return text.chars().allMatch(c -> isBlank((char) c));
	}

	private static boolean isBlank(char c) {
		return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u200B' || c == '\u2060' || c == '\uFEFF';
	}
}
