package io.rollcall.imports.meaning;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Texts by the words in them: no case, no accents, no punctuation. */
public final class Words {
	private static final Pattern MARKS = Pattern.compile("\\p{M}+");
	private static final Pattern APOSTROPHES = Pattern.compile("['\u2019\u02BC`]");
	/** A mark that stands between letters of an abbreviation: {@code S.T.C.} */
	private static final Pattern DOTS = Pattern.compile("(?<=\\b\\p{L})\\.(?=\\p{L}\\b|\\s|$)");
	private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

	private Words() {}

	public static List<String> of(String text) {
		return Stream.of(BETWEEN.split(plain(text))).filter(word -> !word.isEmpty()).toList();
	}

	/** The words with a blank between them. */
	public static String phrase(String text) {
		return String.join(" ", of(text));
	}

	/** The letters and digits alone. */
	public static String joined(String text) {
		return String.join("", of(text));
	}

	private static String plain(String text) {
		String decomposed = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
		String joined = DOTS.matcher(APOSTROPHES.matcher(decomposed).replaceAll("")).replaceAll("");
		return joined.toLowerCase(Locale.ROOT);
	}

	/** Whether one key too many, too few, or another makes one of the other. */
	static boolean differByOneSlip(String a, String b) {
		int start = 0;
		while (start < Math.min(a.length(), b.length()) && a.charAt(start) == b.charAt(start))
			start++;
		int end = 0;
		while (end < Math.min(a.length(), b.length()) - start
				&& a.charAt(a.length() - 1 - end) == b.charAt(b.length() - 1 - end))
			end++;
		return a.length() - start - end <= 1 && b.length() - start - end <= 1;
	}
}
