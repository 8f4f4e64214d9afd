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
 * @param districtWords of a school's district: lists write it in brackets behind the school
 */
record Searchable(String code, String name, List<String> nameWords, List<String> townWords,
		List<String> districtWords) {
	static final int NO_MATCH = Integer.MAX_VALUE;

	private static final Pattern UNHEARD = Pattern.compile("[\\p{M}\\p{Cf}]+");
	/** Inside a word: {@code O'Brien} is found as {@code obrien}. */
	private static final Pattern APOSTROPHES = Pattern.compile("['`]");
	private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

	/** What stands around a code that is written beside a name. */
	private static final Pattern AROUND_A_CODE = Pattern.compile("^[(\\[,;]+|[)\\],;]+$");
	private static final Pattern BLANKS = Pattern.compile("\\s+");

	/**
	 * A piece between two blanks.
	 *
	 * @param code as the start of a code: as a whole, for codes have no parts
	 */
	record Piece(String code, List<String> words) {}

	/** @param code the text as the start of a code */
	record Query(String code, String phrase, List<String> words, List<Piece> pieces) {}

	/** @param district the name of its district; blank for one */
	static Searchable of(Organization organization, String district) {
		List<String> nameWords = words(organization.name());
		String town = organization.town();
		return new Searchable(organization.code().toLowerCase(Locale.ROOT), String.join(" ", nameWords), nameWords,
				town == null ? List.of() : words(town), words(district));
	}

	static Query query(String text) {
		List<String> words = words(text);
		List<Piece> pieces = Stream.of(BLANKS.split(text.strip())).map(Searchable::piece)
				.filter(it -> !it.words().isEmpty()).toList();
		return new Query(Typed.identifier(text).toLowerCase(Locale.ROOT), String.join(" ", words), words, pieces);
	}

	private static Piece piece(String text) {
		String code = AROUND_A_CODE.matcher(Typed.identifier(text)).replaceAll("");
		return new Piece(code.toLowerCase(Locale.ROOT), words(text));
	}

	/** 0 is best; {@link #NO_MATCH} is none. */
	int rank(Query query) {
		if (query.code().isEmpty()) return 0;
		if (code.equals(query.code())) return 0;
		if (code.startsWith(query.code())) return 1;
		if (query.pieces().isEmpty()) return NO_MATCH;
		if (name.equals(query.phrase())) return 1;
		if (name.startsWith(query.phrase())) return 2;
		int worst = 3;
		for (Piece piece : query.pieces()) {
			if (code.startsWith(piece.code())) continue;
			for (String word : piece.words())
				worst = Math.max(worst, rank(word));
		}
		return worst;
	}

	private int rank(String word) {
		if (starts(nameWords, word)) return 3;
		if (starts(townWords, word)) return 4;
		return starts(districtWords, word) ? 5 : NO_MATCH;
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
