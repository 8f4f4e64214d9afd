package io.rollcall.organization;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.rollcall.platform.Typed;

/**
 * An organization as people type it: no case, no accents, no punctuation, nothing that nobody can see.
 *
 * @param name the folded words of the name, a blank between them
 */
record Searchable(String code, String name, List<String> nameWords, List<String> townWords) {
	static final int NO_MATCH = Integer.MAX_VALUE;

	private static final Pattern UNHEARD = Pattern.compile("[\\p{M}\\p{Cf}]+");
	/** Inside a word: {@code O'Brien} is found as {@code obrien}. */
	private static final Pattern APOSTROPHES = Pattern.compile("['`]");
	private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

	/** @param code the text as the start of a code: as a whole, for codes have no parts */
	record Query(String code, String phrase, List<String> words) {}

	static Searchable of(Organization organization) {
		List<String> nameWords = words(organization.name());
		String town = organization.town();
		return new Searchable(organization.code().toLowerCase(Locale.ROOT), String.join(" ", nameWords), nameWords,
				town == null ? List.of() : words(town));
	}

	static Query query(String text) {
		List<String> words = words(text);
		return new Query(Typed.identifier(text).toLowerCase(Locale.ROOT), String.join(" ", words), words);
	}

	/** 0 is best; {@link #NO_MATCH} is none. */
	int rank(Query query) {
		if (query.code().isEmpty()) return 0;
		if (code.equals(query.code())) return 0;
		if (code.startsWith(query.code())) return 1;
		if (query.words().isEmpty()) return NO_MATCH;
		if (name.equals(query.phrase())) return 1;
		if (name.startsWith(query.phrase())) return 2;
		boolean allInName = true;
		for (String word : query.words()) {
			boolean inName = starts(nameWords, word);
			if (!inName && !starts(townWords, word)) return NO_MATCH;
			allInName &= inName;
		}
		return allInName ? 3 : 4;
	}

	private static boolean starts(List<String> words, String start) {
		for (String word : words)
			if (word.startsWith(start)) return true;
		return false;
	}

	private static List<String> words(String text) {
		String plain = Typed.plainApostrophes(text);
		String folded = UNHEARD.matcher(Normalizer.normalize(plain, Normalizer.Form.NFKD)).replaceAll("");
		String joined = APOSTROPHES.matcher(folded).replaceAll("").toLowerCase(Locale.ROOT);
		return Stream.of(BETWEEN_WORDS.split(joined)).filter(word -> !word.isEmpty()).toList();
	}
}
