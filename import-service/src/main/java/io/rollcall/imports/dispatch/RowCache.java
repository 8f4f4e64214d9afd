package io.rollcall.imports.dispatch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import io.rollcall.imports.ImportedRows;

/**
 * The rows of the imports that were dispatched from last. Rows never change, and each import comes up many times for a few of
 * them. Bounded by the size of the files; not for several threads.
 */
final class RowCache {
	private final long capacity;
	private final Map<UUID, ImportedRows> recent = new LinkedHashMap<>(16, 0.75f, true);
	private long bytes;

	/** @param capacity in bytes of files as they were uploaded */
	RowCache(long capacity) {
		this.capacity = capacity;
	}

	/**
	 * Those of {@code ids} whose rows exist, or existed when they were read.
	 *
	 * @param source where rows are read that are not here
	 */
	Map<UUID, ImportedRows> get(Collection<UUID> ids, Function<Collection<UUID>, List<ImportedRows>> source) {
		Map<UUID, ImportedRows> found = new HashMap<>();
		List<UUID> missing = new ArrayList<>();
		for (UUID id : ids) {
			ImportedRows rows = recent.get(id);
			if (rows == null) {
				missing.add(id);
			} else {
				found.put(id, rows);
			}
		}
		if (missing.isEmpty()) return found;
		for (ImportedRows rows : source.apply(missing)) {
			found.put(rows.id(), rows);
			keep(rows);
		}
		return found;
	}

	private void keep(ImportedRows rows) {
		recent.put(rows.id(), rows);
		bytes += rows.submission().bytes();
		var eldest = recent.values().iterator();
		while (bytes > capacity && eldest.hasNext()) {
			bytes -= eldest.next().submission().bytes();
			eldest.remove();
		}
	}

	/** No more of its rows will be dispatched. */
	void forget(UUID id) {
		ImportedRows rows = recent.remove(id);
		if (rows != null) bytes -= rows.submission().bytes();
	}

	void clear() {
		recent.clear();
		bytes = 0;
	}
}
