package io.rollcall.platform;

/**
 * What is empty to the eye, wherever text comes in: a spreadsheet's no-break space, and what a copied text brings along without any
 * width (zero-width spaces, soft hyphens, marks of direction, tags), are blanks like any other.
 */
public final class Blanks {
	private static final int COMBINING_GRAPHEME_JOINER = 0x034F;
	private static final int BRAILLE_BLANK = 0x2800;

	private Blanks() {}

	/** The text without the blanks around it. */
	public static String stripped(String text) {
		int from = 0;
		int to = text.length();
		while (from < to && isBlank(text.codePointAt(from)))
			from += Character.charCount(text.codePointAt(from));
		while (to > from && isBlank(text.codePointBefore(to)))
			to -= Character.charCount(text.codePointBefore(to));
		return text.substring(from, to);
	}

	/** Whether there is nothing to see in it: blanks, and what only changes how a letter beside it looks. */
	public static boolean isBlank(String text) {
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i)))
			if (!isBlank(text.codePointAt(i)) && !isSelector(text.codePointAt(i))) return false;
		return true;
	}

	private static boolean isBlank(int c) {
		return Character.isWhitespace(c) || Character.isSpaceChar(c) || isFormat(c) || isFiller(c);
	}

	/** Asked of every cell and of every code in it, so by no stream. */
	static boolean hasFormat(String text) {
		for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i)))
			if (isFormat(text.codePointAt(i))) return true;
		return false;
	}

	/** Whether it is a format character (Unicode's category Cf): it has no look of its own. */
	public static boolean isFormat(int c) {
		return Character.getType(c) == Character.FORMAT;
	}

	/** Letters by their category that are the space of a letter that is not there. */
	private static boolean isFiller(int c) {
		return switch (c) {
			case 0x115F, 0x1160, 0x3164, 0xFFA0, BRAILLE_BLANK -> true;
			default -> false;
		};
	}

	/** Variation selectors, and the joiner that keeps marks apart. */
	private static boolean isSelector(int c) {
		return c >= 0xFE00 && c <= 0xFE0F || c >= 0xE0100 && c <= 0xE01EF || c >= 0x180B && c <= 0x180F
				|| c == COMBINING_GRAPHEME_JOINER;
	}
}
