package io.rollcall.notification.letters;

import io.rollcall.platform.Graphic;

/**
 * Text of others as one harmless line: what could end a line, a header or a phrase, or turn the direction of what follows,
 * becomes a blank.
 */
final class PlainLine {
	/** Room for the names of the five systems that an account can have connected. */
	private static final int LONGEST = 400;

	private PlainLine() {}

	static String of(String text) {
		var line = new StringBuilder(text.length());
		text.codePoints().limit(LONGEST).map(PlainLine::harmless).forEach(line::appendCodePoint);
		return line.toString().strip();
	}

	private static int harmless(int c) {
		// Joiners belong to the spelling of some languages; every other format character is a trick.
		return Graphic.is(c) || c == 0x200C || c == 0x200D ? c : ' ';
	}
}
