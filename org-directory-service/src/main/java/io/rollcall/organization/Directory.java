package io.rollcall.organization;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** All organizations at one moment, in memory: a few thousand, read many times a second. */
public final class Directory {
	/**
	 * @param number the code as a spreadsheet leaves it
	 * @param signs its letters and digits alone
	 */
	private record Entry(Organization organization, Searchable searchable, NameLikeness likeness, String number,
			String signs) {}

	private record Hit(Organization organization, Searchable searchable, int rank) {}

	/** Best match first; among equals what is open, then districts, then by name. */
	private static final Comparator<Hit> BEST_FIRST = Comparator.comparingInt(Hit::rank)
			.thenComparing(hit -> hit.organization().closed()).thenComparing(hit -> hit.organization().level())
			.thenComparing(hit -> hit.searchable().name()).thenComparing(hit -> hit.organization().code());

	/** Nobody means a code by more. */
	private static final int LONGEST_CODE = 100;

	private final Map<String, Organization> byCode;
	private final List<Entry> entries;

	public Directory(List<Organization> organizations) {
		byCode = HashMap.newHashMap(organizations.size());
		entries = new ArrayList<>(organizations.size());
		for (Organization organization : organizations)
			byCode.put(organization.code(), organization);
		for (Organization organization : organizations) {
			String code = organization.code();
			entries.add(new Entry(organization, Searchable.of(organization, nameOf(organization.parent())),
					NameLikeness.of(organization, district -> find(district).map(Organization::name).orElse("")),
					CodeLikeness.withoutLeadingZeros(code), CodeLikeness.signs(code)));
		}
	}

	private String nameOf(@Nullable String district) {
		return district == null ? "" : find(district).map(Organization::name).orElse("");
	}

	public Optional<Organization> find(String code) {
		return Optional.ofNullable(byCode.get(code));
	}

	/**
	 * Which of them a search is for.
	 *
	 * @param parent only schools of this district; null for no such limit
	 * @param level only districts, or only schools; null for both
	 * @param assignable only those that may be given to an account
	 */
	public record Wanted(@Nullable String parent, @Nullable Level level, boolean assignable) {
		/** No limit. */
		public static final Wanted ANY = new Wanted(null, null, false);

		boolean covers(Organization organization) {
			return (parent == null || parent.equals(organization.parent()))
					&& (level == null || level == organization.level()) && (!assignable || organization.isAssignable());
		}
	}

	/**
	 * What {@code text}, typed so far, may mean: the start of a code, or the starts of words of name, town and district, with a code
	 * beside them or not. The placeholder district is never offered.
	 *
	 * @param text blank finds everything
	 */
	public List<Organization> search(Sight sight, String text, Wanted wanted) {
		Searchable.Query query = Searchable.query(text);
		List<Hit> hits = new ArrayList<>();
		for (Entry entry : entries) {
			Organization organization = entry.organization();
			if (organization.isPlaceholder() || !sight.covers(organization)) continue;
			if (!wanted.covers(organization)) continue;
			int rank = entry.searchable().rank(query);
			if (rank != Searchable.NO_MATCH) hits.add(new Hit(organization, entry.searchable(), rank));
		}
		hits.sort(BEST_FIRST);
		return hits.stream().map(Hit::organization).toList();
	}

	/**
	 * The organization that {@code text} was probably meant to be, among those that may be given to an account: the one of this
	 * code, else the only one whose code it is but for leading zeros, for the hyphen, or for the district before it, whose name it
	 * is, in short or with the town, or whose code is nearest.
	 *
	 * @return empty when nothing or more than one is near
	 */
	public Optional<Organization> meant(Sight sight, String text) {
		String code = text.strip();
		if (code.isEmpty() || code.length() > LONGEST_CODE) return Optional.empty();
		Organization exact = byCode.get(code);
		if (exact != null && exact.isAssignable() && sight.covers(exact)) return Optional.of(exact);
		List<Entry> assignable = entries.stream()
				.filter(it -> it.organization().isAssignable() && sight.covers(it.organization())).toList();
		return byNumber(assignable, code).or(() -> byName(assignable, code)).or(() -> nearest(assignable, code));
	}

	private static Optional<Organization> byNumber(List<Entry> entries, String code) {
		if (code.chars().noneMatch(c -> c >= '0' && c <= '9')) return Optional.empty();
		String number = CodeLikeness.withoutLeadingZeros(code);
		String signs = CodeLikeness.signs(code);
		return only(entries.stream().filter(it -> it.number().equals(number)))
				.or(() -> only(entries.stream().filter(it -> it.signs().equals(signs))))
				.or(() -> only(entries.stream().filter(it -> it.number().endsWith("-" + number))));
	}

	private static Optional<Organization> byName(List<Entry> entries, String text) {
		String phrase = Searchable.query(text).phrase();
		Optional<Organization> exact = only(entries.stream().filter(it -> it.searchable().name().equals(phrase)));
		List<String> words = NameLikeness.words(text);
		if (exact.isPresent() || words.isEmpty()) return exact;
		List<Entry> like = entries.stream().filter(it -> it.likeness().has(words)).toList();
		return only(like.stream().filter(it -> it.likeness().name().equals(words)))
				.or(() -> only(like.stream().filter(it -> it.likeness().isWholeIn(words))))
				.or(() -> only(like.stream()));
	}

	private static Optional<Organization> nearest(List<Entry> entries, String code) {
		int fewest = CodeLikeness.MOST_SLIPS + 1;
		Organization nearest = null;
		for (Entry entry : entries) {
			int slips = CodeLikeness.slips(code, entry.organization().code());
			if (slips > fewest || slips > CodeLikeness.MOST_SLIPS) continue;
			nearest = slips < fewest ? entry.organization() : null; // of two as near nobody can say
			fewest = slips;
		}
		return Optional.ofNullable(nearest);
	}

	private static Optional<Organization> only(Stream<Entry> entries) {
		List<Entry> two = entries.limit(2).toList();
		return two.size() == 1 ? Optional.of(two.getFirst().organization()) : Optional.empty();
	}

	public int size() {
		return entries.size();
	}
}
