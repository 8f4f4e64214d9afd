package io.rollcall.organization;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * How names of organizations are written by those who know them: without "School", with "HS" for "High School", by the one word
 * that tells it from others, with the town before it.
 *
 * @param name the words of the name
 * @param place the words of town and district
 */
record NameLikeness(List<String> name, Set<String> place) {
	/** Shorter ones begin too many words. */
	private static final int SHORTEST_START = 3;
	private static final Set<String> SAYING_NOTHING = Set.of("school", "schools", "the", "of", "at", "public",
			"district");
	private static final Map<String, String> LONG = Map.ofEntries(Map.entry("hs", "high"), Map.entry("ms", "middle"),
			Map.entry("es", "elementary"), Map.entry("elem", "elementary"), Map.entry("el", "elementary"),
			Map.entry("sr", "senior"), Map.entry("jr", "junior"), Map.entry("saint", "st"), Map.entry("mt", "mount"),
			Map.entry("ctr", "center"), Map.entry("acad", "academy"), Map.entry("reg", "regional"),
			Map.entry("voc", "vocational"), Map.entry("tech", "technical"), Map.entry("comm", "community"),
			Map.entry("mem", "memorial"), Map.entry("mid", "middle"));

	static NameLikeness of(Organization organization, Function<String, String> districtName) {
		String town = organization.town();
		String parent = organization.parent();
		return new NameLikeness(words(organization.name()),
				Set.copyOf(Stream.of(town == null ? "" : town, parent == null ? "" : districtName.apply(parent))
						.flatMap(place -> words(place).stream()).distinct().toList()));
	}

	static List<String> words(String text) {
		return Searchable.query(text).words().stream().map(word -> LONG.getOrDefault(word, word))
				.filter(word -> !SAYING_NOTHING.contains(word)).toList();
	}

	/** Whether each word is of the name or of the place, and one of them of the name. */
	boolean has(List<String> words) {
		boolean named = false;
		for (String word : words) {
			boolean inName = begins(name, word);
			if (!inName && !begins(place, word)) return false;
			named |= inName;
		}
		return named;
	}

	/** Whether the words leave nothing of the name out. */
	boolean isWholeIn(List<String> words) {
		return words.containsAll(name);
	}

	private static boolean begins(Collection<String> own, String start) {
		for (String word : own)
			if (word.equals(start) || start.length() >= SHORTEST_START && word.startsWith(start)) return true;
		return false;
	}
}
