package io.rollcall.imports.file;

/** Case as it is ignored in usernames and in names of columns: that of ASCII's letters alone, since others only look like them. */
public final class Ascii {
	private Ascii() {}

	/** With {@code a} to {@code z} for {@code A} to {@code Z}. */
	public static String lowerCase(String text) {
		StringBuilder lower = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++)
			lower.append(lowerCase(text.charAt(i)));
		return lower.toString();
	}

	/** Whether they are the same but for the case of ASCII's letters. */
	public static boolean equalIgnoringCase(String one, String other) {
		if (one.length() != other.length()) return false;
		for (int i = 0; i < one.length(); i++)
			if (lowerCase(one.charAt(i)) != lowerCase(other.charAt(i))) return false;
		return true;
	}

	private static char lowerCase(char c) {
		return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
	}
}
