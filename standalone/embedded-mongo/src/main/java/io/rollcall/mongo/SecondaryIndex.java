package io.rollcall.mongo;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.ValueComparator;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * An index that is not unique: it serves equality and {@code $in} on its first field, arrays included, what is earlier there than a
 * date, and a sort by its second where the first is pinned to one value; other ranges and sorts it leaves to a scan.
 */
final class SecondaryIndex extends EmptyIndex<Long> implements FieldIndex {
	/** Where a document is, and what it has in the second field; null when the index has one field. */
	private record Place(@Nullable Object second, long position) {
		static final Comparator<Place> ORDER = Comparator.<Place, Object>comparing(Place::second, ValueComparator.asc())
				.thenComparingLong(Place::position);
	}

	private final Map<KeyValue, NavigableSet<Place>> places = new ConcurrentHashMap<>();
	/** The places of dates, which what is kept for a time is looked for by. Written by one at a time, as everything here. */
	private final NavigableMap<Instant, NavigableSet<Place>> dates = new ConcurrentSkipListMap<>();
	private final String first;
	private final @Nullable String second;
	/** An array sorts by its least or greatest element, whichever way it goes: then the order is left to the scan. */
	private volatile boolean sorts;
	/** Numbers and nulls are not kept apart as a reader would see them. */
	private volatile boolean words = true;

	SecondaryIndex(String name, List<IndexKey> keys) {
		super(name, keys);
		this.first = keys.getFirst().getKey();
		this.second = keys.size() > 1 ? keys.get(1).getKey() : null;
		this.sorts = second != null;
	}

	@Override
	public @Nullable Collection<Long> candidates(PinnedFields filter) {
		Collection<?> allowed = filter.get(first);
		Instant latest = filter.latest(first);
		if (allowed == null && latest == null) return null;
		Stream<NavigableSet<Place>> there = allowed == null
				? dates.headMap(latest, true).values().stream()
				: allowed.stream().map(this::at);
		return there.flatMap(Collection::stream).map(Place::position).collect(Collectors.toSet());
	}

	@Override
	public @Nullable Stream<Long> ordered(PinnedFields filter, Document orderBy) {
		Collection<?> allowed = filter.get(first);
		if (!sorts || allowed == null || allowed.size() != 1 || orderBy.size() != 1
				|| !(orderBy.get(second) instanceof Number direction)) {
			return null;
		}
		NavigableSet<Place> there = at(allowed.iterator().next());
		return (direction.intValue() > 0 ? there : there.descendingSet()).stream().map(Place::position);
	}

	/** The different values of that field; null when the index does not know them as they were written. */
	@Nullable
	List<Object> distinct(@Nullable Object field) {
		return words && first.equals(field)
				? places.keySet().stream().map(key -> key.get(0)).sorted(ValueComparator.asc()).toList()
				: null;
	}

	private NavigableSet<Place> at(Object value) {
		NavigableSet<Place> there = value instanceof Instant date
				? dates.get(date)
				: places.get(new KeyValue(value).normalized());
		return there == null ? Collections.emptyNavigableSet() : there;
	}

	@Override
	public void add(Document document, Long position, MongoCollection<Long> collection) {
		placesOf(document, position).forEach(this::add);
	}

	@Override
	public void updateInPlace(Document oldDocument, Document newDocument, Long position,
			MongoCollection<Long> collection) {
		Set<Entry<KeyValue, Place>> before = placesOf(oldDocument, position);
		Set<Entry<KeyValue, Place>> after = placesOf(newDocument, position);
		after.stream().filter(entry -> !before.contains(entry)).forEach(this::add);
		before.stream().filter(entry -> !after.contains(entry)).forEach(this::remove);
	}

	/** The library's {@code remove} does not know the position. */
	void remove(Document document, Long position) {
		placesOf(document, position).forEach(this::remove);
	}

	@Override
	public long getCount() {
		return places.size() + dates.size();
	}

	@Override
	public long getDataSize() {
		return places.size() + dates.size();
	}

	private void add(Entry<KeyValue, Place> entry) {
		if (entry.getKey().get(0) instanceof Instant date) {
			add(dates, date, entry.getValue());
		} else {
			add(places, entry.getKey(), entry.getValue());
		}
	}

	private static <K> void add(Map<K, NavigableSet<Place>> to, K key, Place place) {
		to.compute(key, (_, there) -> {
			NavigableSet<Place> here = there == null ? new ConcurrentSkipListSet<>(Place.ORDER) : there;
			here.add(place);
			return here;
		});
	}

	private void remove(Entry<KeyValue, Place> entry) {
		if (entry.getKey().get(0) instanceof Instant date) {
			remove(dates, date, entry.getValue());
		} else {
			remove(places, entry.getKey(), entry.getValue());
		}
	}

	private static <K> void remove(Map<K, NavigableSet<Place>> from, K key, Place place) {
		from.computeIfPresent(key, (_, there) -> {
			there.remove(place);
			return there.isEmpty() ? null : there;
		});
	}

	private Set<Entry<KeyValue, Place>> placesOf(Document document, long position) {
		Object values = Utils.getSubdocumentValueCollectionAware(document, first);
		Object sortedBy = second == null ? null : Utils.getSubdocumentValueCollectionAware(document, second);
		if (sortedBy instanceof Collection) sorts = false;
		var place = new Place(sortedBy, position);
		Set<Entry<KeyValue, Place>> found = new HashSet<>();
		for (Object value : values instanceof Collection<?> elements ? elements : Collections.singleton(values)) {
			KeyValue key = new KeyValue(value).normalized();
			if (!(value instanceof String || value instanceof Missing)) words = false;
			if (key.get(0) != null) found.add(Map.entry(key, place));
		}
		return found;
	}
}
