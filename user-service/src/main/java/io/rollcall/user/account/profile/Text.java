package io.rollcall.user.account.profile;

import java.text.Normalizer;
import java.text.Normalizer.Form;

import io.rollcall.platform.Blanks;

/** Text as people type it. Characters are what a person counts: code points of the NFC form, not UTF-16 units. */
final class Text {
	private Text() {}

	/** Without surrounding blanks, in NFC. */
	static String clean(String raw) {
		return Normalizer.normalize(Blanks.stripped(raw), Form.NFC);
	}

	static int length(String text) {
		return text.codePointCount(0, text.length());
	}

	/**
	 * Whether something in it is not text: a control character, a line or paragraph separator, half a surrogate pair, or a
	 * bidirectional control, with which a name shows as another than it is (UTR 36).
	 */
	static boolean hasControls(String text) {
		return text.codePoints().anyMatch(Text::isControl);
	}

	private static boolean isControl(int c) {
		return switch (Character.getType(c)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
				true;
			default -> c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || c == 0x200E || c == 0x200F
					|| c == 0x061C;
		};
	}
}
