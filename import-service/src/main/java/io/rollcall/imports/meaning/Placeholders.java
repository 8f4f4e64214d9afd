package io.rollcall.imports.meaning;

import java.util.Set;

/** What people write where there is nothing to be written. */
public final class Placeholders {
	private static final Set<String> WORDS = Set.of("na", "n a", "none", "null", "nil", "tbd", "unknown",
			"not applicable",
			"not available", "no phone", "no fax", "no", "x", "xx", "xxx", "0", "blank", "empty", "div 0", "ref",
			"value",
			"name");
	private static final int LONGEST = 20;

	private Placeholders() {}

	public static boolean isOne(String cell) {
		if (cell.length() > LONGEST) return false;
		String phrase = Words.phrase(cell);
		return phrase.isEmpty() || WORDS.contains(phrase);
	}
}
