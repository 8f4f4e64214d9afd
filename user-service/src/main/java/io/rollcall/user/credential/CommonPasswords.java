package io.rollcall.user.credential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;

import com.nulabinc.zxcvbn.StandardDictionaries;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Passwords that are tried first by whoever guesses (NIST SP 800-63B-4, 3.1.1.2: a blocklist). Compared without case, and
 * without the digits and signs that people put behind a word to satisfy a composition rule: {@code Password123!!} is
 * {@code password}.
 */
@Component
public class CommonPasswords {
	private final Set<String> words;

	public CommonPasswords() {
		try {
			this.words = Set.copyOf(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Whether it is on the list, is the username once or more often, or is one of these with decorations. */
	boolean contains(String password, @Nullable String username) {
		String whole = password.toLowerCase(Locale.ROOT);
		String core = undecorated(whole);
		if (words.contains(whole) || words.contains(core) || isRepetition(whole)) return true;
		return username != null && !username.isEmpty() && isNothingBut(username, whole);
	}

	/** The username, as often as may be. */
	private static boolean isNothingBut(String username, String text) {
		String letters = undecorated(username);
		String name = letters.isEmpty() ? username : letters;
		return text.contains(name) && text.replace(name, "").codePoints().noneMatch(Character::isLetter);
	}

	private static String undecorated(String text) {
		int from = 0;
		int to = text.length();
		while (from < to && !Character.isLetter(text.charAt(from)))
			from++;
		while (to > from && !Character.isLetter(text.charAt(to - 1)))
			to--;
		return text.substring(from, to);
	}

	/** {@code aaaaaaaaaaaa}, {@code abcabcabcabc}. */
	private static boolean isRepetition(String text) {
		for (int period = 1; period <= text.length() / 3; period++) {
			if (text.length() % period == 0 && text.equals(text.substring(0, period).repeat(text.length() / period))) {
				return true;
			}
		}
		return false;
	}
}
