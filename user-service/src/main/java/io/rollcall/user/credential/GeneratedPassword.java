package io.rollcall.user.credential;

import java.util.random.RandomGenerator;

import io.rollcall.platform.Sha256;

/**
 * A password as it goes into the mail: 24 random letters and digits and one special character, which satisfies the guide's
 * password rules (section III.B). Characters that look alike are left out, which leaves 57 to choose from and 140 bits.
 */
public record GeneratedPassword(String value) {
	private static final String UPPER = "ABCDEFGHJKLMNPQRSTUVWXYZ";
	private static final String LOWER = "abcdefghijkmnopqrstuvwxyz";
	private static final String DIGITS = "23456789";
	private static final String ALL = UPPER + LOWER + DIGITS;
	private static final String SPECIAL = "!#$%*+=?@";
	private static final int LETTERS_AND_DIGITS = 24;

	/** @param random a cryptographic source, as {@link java.security.SecureRandom} */
	public static GeneratedPassword random(RandomGenerator random) {
		var password = new StringBuilder(LETTERS_AND_DIGITS + 1);
		do {
			password.setLength(0);
			for (int i = 0; i < LETTERS_AND_DIGITS; i++)
				password.append(oneOf(ALL, random));
		} while (!hasOneOf(UPPER, password) || !hasOneOf(LOWER, password) || !hasOneOf(DIGITS, password));
		password.insert(random.nextInt(1, LETTERS_AND_DIGITS), oneOf(SPECIAL, random));
		return new GeneratedPassword(password.toString());
	}

	private static char oneOf(String characters, RandomGenerator random) {
		return characters.charAt(random.nextInt(characters.length()));
	}

	private static boolean hasOneOf(String characters, CharSequence text) {
		return text.chars().anyMatch(c -> characters.indexOf(c) >= 0);
	}

	/** In hexadecimal. */
	public String sha256() {
		return Sha256.hex(value);
	}

	/** Masked: a secret must not slip into a log. */
	@Override
	public String toString() {
		return "GeneratedPassword[…]";
	}
}
