package io.rollcall.platform;

/** What the Unicode Standard calls graphic characters: letters, marks, digits, punctuation, symbols and spaces. */
public final class Graphic {
	private Graphic() {}

	/**
	 * Whether two people see the same in it. They do not in control characters, line and paragraph separators, half a surrogate
	 * pair, private use and code points that are not assigned, nor in format characters, which turn what stands beside them.
	 */
	public static boolean is(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
					Character.PRIVATE_USE, Character.UNASSIGNED, Character.FORMAT ->
				false;
			default -> true;
		};
	}
}
