package io.rollcall.platform;

/** Texts as people type and paste them, reduced to what they mean by them. */
public final class Typed {
	private Typed() {}

	/**
	 * A text that is known by its letters alone, as a username, an address, a code or a number is: without the blanks around it,
	 * without format characters anywhere, and with the plain apostrophe for the typographic ones that word processors and
	 * telephones make of it.
	 */
	public static String identifier(String text) {
		String visible = Blanks.hasFormat(text)
				? text.codePoints().filter(c -> !Blanks.isFormat(c))
						.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString()
				: text;
		return Blanks.stripped(plainApostrophes(visible));
	}

	/**
	 * A name, or another text that is read as it is written. Without the blanks around it and without format characters, but for
	 * the two that join or part letters where they do so: in Persian and in the scripts of India they are spelling.
	 */
	public static String name(String text) {
		String stripped = Blanks.stripped(text);
		if (!Blanks.hasFormat(stripped)) return stripped;
		int[] all = stripped.codePoints().toArray();
		var name = new StringBuilder(stripped.length());
		for (int i = 0; i < all.length; i++) {
			if (!Blanks.isFormat(all[i]) || isSpelling(all, i)) name.appendCodePoint(all[i]);
		}
		return name.toString();
	}

	private static boolean isSpelling(int[] text, int i) {
		return (text[i] == 0x200C || text[i] == 0x200D) && i > 0 && i + 1 < text.length && isOfLetter(text[i - 1])
				&& isOfLetter(text[i + 1]);
	}

	private static boolean isOfLetter(int c) {
		return Character.isLetter(c) || switch (Character.getType(c)) {
			case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
			default -> false;
		};
	}

	/** With {@code '} for the typographic apostrophes. */
	public static String plainApostrophes(String text) {
		return text.replace('\u2018', '\'').replace('\u2019', '\'').replace('\u02BC', '\'');
	}
}
