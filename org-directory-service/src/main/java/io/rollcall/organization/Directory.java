package io.rollcall.organization;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** All organizations at one moment, in memory: a few thousand, read many times a second. */
public final class Directory {
	private record Entry(Organization organization, Searchable searchable) {}

	private record Hit(Organization organization, Searchable searchable, int rank) {}

	/** Best match first; among equals what is open, then districts, then by name. */
	private static final Comparator<Hit> BEST_FIRST = Comparator.comparingInt(Hit::rank)
			.thenComparing(hit -> hit.organization().closed()).thenComparing(hit -> hit.organization().level())
			.thenComparing(hit -> hit.searchable().name()).thenComparing(hit -> hit.organization().code());

	private final Map<String, Organization> byCode;
	private final List<Entry> entries;

	public Directory(List<Organization> organizations) {
		byCode = HashMap.newHashMap(organizations.size());
		entries = new ArrayList<>(organizations.size());
		for (Organization organization : organizations) {
			byCode.put(organization.code(), organization);
			entries.add(new Entry(organization, Searchable.of(organization)));
		}
	}

	public Optional<Organization> find(String code) {
		return Optional.ofNullable(byCode.get(code));
	}

	/**
	 * What {@code text}, typed so far, may mean: the start of a code, or the starts of words of name and town. The placeholder
	 * district is never offered.
	 *
	 * @param text blank finds everything
	 * @param parent only schools of this district; null for no such limit
	 */
	public List<Organization> search(Sight sight, String text, @Nullable String parent) {
		Searchable.Query query = Searchable.query(text);
		List<Hit> hits = new ArrayList<>();
		for (Entry entry : entries) {
			Organization organization = entry.organization();
			if (organization.isPlaceholder() || !sight.covers(organization)) continue;
			if (parent != null && !parent.equals(organization.parent())) continue;
			int rank = entry.searchable().rank(query);
			if (rank != Searchable.NO_MATCH) hits.add(new Hit(organization, entry.searchable(), rank));
		}
		hits.sort(BEST_FIRST);
		return hits.stream().map(Hit::organization).toList();
	}

	public int size() {
		return entries.size();
	}
}
