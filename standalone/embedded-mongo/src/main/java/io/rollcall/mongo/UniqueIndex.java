package io.rollcall.mongo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.DuplicateKeyError;
import org.jspecify.annotations.Nullable;

/** A unique index in memory, built from the documents at start; it serves every filter that pins all of its fields. */
final class UniqueIndex extends AbstractUniqueIndex<Long> implements FieldIndex {
	private final Map<KeyValue, Long> positions = new ConcurrentHashMap<>();
	private final @Nullable String plainKey;

	UniqueIndex(String name, List<IndexKey> keys, boolean sparse) {
		super(name, keys, sparse);
		String first = keys.getFirst().getKey();
		this.plainKey = keys.size() == 1 && !first.contains(".") ? first : null;
	}

	@Override
	public @Nullable Collection<Long> candidates(PinnedFields filter) {
		List<List<Object>> combinations = List.of(List.of());
		for (String key : keys()) {
			Collection<?> allowed = filter.get(key);
			if (allowed == null) return null;
			List<List<Object>> longer = new ArrayList<>();
			for (List<Object> combination : combinations) {
				for (Object value : allowed) {
					List<Object> next = new ArrayList<>(combination);
					next.add(value);
					longer.add(next);
				}
			}
			combinations = longer;
		}
		Set<Long> found = HashSet.newHashSet(combinations.size());
		for (List<Object> combination : combinations) {
			Long position = positions.get(new KeyValue(combination).normalized());
			if (position != null) found.add(position);
		}
		return found;
	}

	/** As the library's, with a short way for the usual case. */
	@Override
	public Set<KeyValue> getKeyValues(Document document) {
		if (plainKey != null && !(document.get(plainKey) instanceof Collection)) {
			return Set.of(new KeyValue(document.get(plainKey)).normalized());
		}
		return super.getKeyValues(document);
	}

	/** As the library's, but each key is looked up once. */
	@Override
	public void add(Document document, Long position, MongoCollection<Long> collection) {
		for (KeyValue key : indexedKeys(document)) {
			if (positions.putIfAbsent(key, position) != null) {
				throw new DuplicateKeyError(this, collection, getKeys(), key);
			}
		}
	}

	/** As the library's, but an array that was or becomes empty is no error. */
	@Override
	public synchronized void checkUpdate(Document oldDocument, Document newDocument, MongoCollection<Long> collection) {
		for (KeyValue key : gained(oldDocument, newDocument))
			if (positions.containsKey(key)) throw new DuplicateKeyError(this, collection, getKeys(), key);
	}

	/** As the library's, but keys that stay are never away: others read meanwhile. */
	@Override
	public void updateInPlace(Document oldDocument, Document newDocument, Long position,
			MongoCollection<Long> collection) {
		gained(oldDocument, newDocument).forEach(key -> positions.put(key, position));
		gained(newDocument, oldDocument).forEach(positions::remove);
	}

	private Set<KeyValue> gained(Document before, Document after) {
		Set<KeyValue> gained = new HashSet<>(indexedKeys(after));
		gained.removeAll(indexedKeys(before));
		return gained;
	}

	private Set<KeyValue> indexedKeys(Document document) {
		Set<KeyValue> keys = getKeyValues(document);
		boolean absent = isSparse() && keys.stream().flatMap(KeyValue::stream).allMatch(value -> value == null);
		return absent ? Set.of() : keys;
	}

	@Override
	protected @Nullable Long getPosition(KeyValue key) {
		return positions.get(key);
	}

	@Override
	protected boolean putKeyPosition(KeyValue key, Long position) {
		return positions.putIfAbsent(key, position) == null;
	}

	@Override
	protected @Nullable Long removeDocument(KeyValue key) {
		return positions.remove(key);
	}

	@Override
	protected Iterable<Entry<KeyValue, Long>> getIterable() {
		return positions.entrySet();
	}

	@Override
	public long getCount() {
		return positions.size();
	}

	@Override
	public long getDataSize() {
		return positions.size();
	}
}
