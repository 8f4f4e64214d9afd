package io.rollcall.user.apiclient;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.Blanks;

/**
 * What an owner may call a client. It stands in mails from the official sender, so there is something to read in it, and nothing
 * of which a mail program makes a link: a full stop is at the end of a word alone.
 */
final class ClientName {
	/** In characters as a person counts them. */
	private static final int LONGEST = 60;
	/** Joiners, which cannot be seen, belong to the spelling of some languages. */
	private static final Pattern NAME = Pattern
			.compile("(?:[\\p{L}\\p{M}\\p{Nd}\u200C\u200D ,'’\\-_()&+#=]|[.](?= |$))*");

	private ClientName() {}

	/** Without surrounding blanks, in NFC. */
	static String clean(String typed) {
		return Normalizer.normalize(Blanks.stripped(typed), Form.NFC);
	}

	/** What is wrong with a clean name; null when nothing is. */
	static ApiClientService.Made.@Nullable InvalidName fault(String name) {
		int length = name.codePointCount(0, name.length());
		if (length > LONGEST || name.codePoints().noneMatch(Character::isLetterOrDigit)) {
			return new ApiClientService.Made.InvalidName("name-length", "Name must be 1-60 characters long");
		}
		return NAME.matcher(name).matches()
				? null
				: new ApiClientService.Made.InvalidName("name-characters",
						"Name may have letters, digits, blanks and . , ' - _ ( ) & + # = and must not look like an address");
	}
}
