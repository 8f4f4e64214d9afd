package io.rollcall.standalone.mongo;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.EmptyIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * An index that is not unique: it serves equality and {@code $in} on its first field, arrays included; ranges and sorts
 * it leaves to a scan.
 */
final class SecondaryIndex extends EmptyIndex<Long> implements FieldIndex {

	private final Map<KeyValue, Set<Long>> positions = new ConcurrentHashMap<>();

	SecondaryIndex(String name, List<IndexKey> keys) {
		super(name, keys);
	}

	@Override
	public @Nullable Collection<Long> candidates(PinnedFields filter) {
		Collection<?> allowed = filter.get(getKeys().getFirst().getKey());
		if (allowed == null) {
			return null;
		}
		if (allowed.size() == 1) {
			return at(allowed.iterator().next());
		}
		Set<Long> found = new HashSet<>();
		allowed.forEach(value -> found.addAll(at(value)));
		return found;
	}

	private Set<Long> at(Object value) {
		return positions.getOrDefault(new KeyValue(value).normalized(), Set.of());
	}

	@Override
	public void add(Document document, Long position, MongoCollection<Long> collection) {
		keysOf(document).forEach(key -> add(key, position));
	}

	@Override
	public void updateInPlace(Document oldDocument, Document newDocument, Long position,
			MongoCollection<Long> collection) {
		Set<KeyValue> before = keysOf(oldDocument);
		Set<KeyValue> after = keysOf(newDocument);
		after.stream().filter(key -> !before.contains(key)).forEach(key -> add(key, position));
		before.stream().filter(key -> !after.contains(key)).forEach(key -> remove(key, position));
	}

	/** The library's {@code remove} does not know the position. */
	void remove(Document document, Long position) {
		keysOf(document).forEach(key -> remove(key, position));
	}

	@Override
	public long getCount() {
		return positions.size();
	}

	@Override
	public long getDataSize() {
		return positions.size();
	}

	private void add(KeyValue key, Long position) {
		positions.compute(key, (_, there) -> {
			Set<Long> here = there == null ? ConcurrentHashMap.newKeySet(1) : there;
			here.add(position);
			return here;
		});
	}

	private void remove(KeyValue key, Long position) {
		positions.computeIfPresent(key, (_, there) -> {
			there.remove(position);
			return there.isEmpty() ? null : there;
		});
	}

	private Set<KeyValue> keysOf(Document document) {
		Object value = Utils.getSubdocumentValueCollectionAware(document, getKeys().getFirst().getKey());
		Set<KeyValue> keys = new HashSet<>();
		for (Object element : value instanceof Collection<?> elements ? elements : Collections.singleton(value)) {
			KeyValue key = new KeyValue(element).normalized();
			if (key.get(0) != null) {
				keys.add(key);
			}
		}
		return keys;
	}
}
