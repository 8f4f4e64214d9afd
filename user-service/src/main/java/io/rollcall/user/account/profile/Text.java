package io.rollcall.user.account.profile;

import java.text.Normalizer;
import java.text.Normalizer.Form;

import io.rollcall.platform.Blanks;
import io.rollcall.platform.Graphic;
import io.rollcall.platform.Typed;

/** Text as people type it. Characters are what a person counts: code points of the NFC form, not UTF-16 units. */
final class Text {
	private Text() {}

	/** As it is kept: what of it can be seen, in NFC. */
	static String clean(String raw) {
		return Blanks.isBlank(raw) ? "" : Normalizer.normalize(Typed.name(raw), Form.NFC);
	}

	static int length(String text) {
		return text.codePointCount(0, text.length());
	}

	/**
	 * Whether something in it is not text: a control character, a line or paragraph separator, half a surrogate pair, or what
	 * stands for nothing that two people would agree on, as private use and code points that are not assigned.
	 */
	static boolean hasControls(String text) {
		return text.codePoints().anyMatch(Text::isControl);
	}

	private static boolean isControl(int c) {
		return !Graphic.is(c) && !Blanks.isFormat(c);
	}

	/** Without what is not text, and with question marks for what is then missing at {@code least} characters. */
	static String mended(String text, int least) {
		String left = clean(text.codePoints().filter(c -> c == '\n' || !isControl(c))
				.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString());
		return left + "?".repeat(Math.max(0, least - length(left)));
	}
}
