package io.rollcall.imports.table;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.rollcall.platform.Blanks;

/** A name in one cell, taken apart: at its comma if it has one, or else before its last word and what belongs to that. */
record FullName(String first, String last) {
	private static final Set<String> BEFORE_LAST = Set.of("de", "del", "de la", "la", "las", "los", "da", "das", "do",
			"dos",
			"di", "du", "van", "von", "der", "den", "ter", "le", "el", "al", "bin", "ibn", "st", "st.", "san", "santa",
			"mac",
			"o'", "y", "e");
	private static final Set<String> AFTER_LAST = Set.of("jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "esq", "esq.",
			"phd",
			"ph.d.", "ed.d.", "m.ed.");

	/** @param lastFirst where there is no comma */
	static FullName of(String cell, boolean lastFirst) {
		String text = Blanks.stripped(cell).replaceAll("[\\s\\p{Z}]+", " ");
		int comma = text.indexOf(',');
		if (comma >= 0 && !isAfterLast(text.substring(comma + 1))) {
			return new FullName(text.substring(comma + 1).strip(), text.substring(0, comma).strip());
		}
		List<String> words = List.of(text.split(" "));
		if (words.size() == 1) return new FullName("", text);
		if (lastFirst) return new FullName(joined(words, 1, words.size()), words.getFirst());
		int last = words.size() - 1;
		while (last > 1 && isAfterLast(words.get(last)))
			last--;
		while (last > 1 && BEFORE_LAST.contains(words.get(last - 1).toLowerCase(Locale.ROOT)))
			last--;
		return new FullName(joined(words, 0, last), joined(words, last, words.size()));
	}

	private static boolean isAfterLast(String word) {
		return AFTER_LAST.contains(word.strip().toLowerCase(Locale.ROOT));
	}

	private static String joined(List<String> words, int from, int to) {
		return String.join(" ", words.subList(from, to));
	}
}
