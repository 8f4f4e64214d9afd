package io.rollcall.mongo;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import de.bwaldvogel.mongo.backend.AbstractCursor;
import de.bwaldvogel.mongo.backend.Cursor;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;

/** What queries found and clients have not fetched yet; a client that stays away for ten minutes loses it. */
final class ResultCursors {
	/** What a client gets that does not ask for a size. MongoDB's first batch is 101. */
	static final int DEFAULT_BATCH = 1000;

	private static final Duration IDLE = Duration.ofMinutes(10);

	private final CursorRegistry registry;
	private final Map<Long, ResultCursor> open = new ConcurrentHashMap<>();

	ResultCursors(CursorRegistry registry) {
		this.registry = registry;
	}

	CursorRegistry registry() {
		return registry;
	}

	/** Keeps the rest of a result, of documents none of which is larger than that. */
	Cursor open(List<Document> rest, int largestDocument) {
		open.values().removeIf(cursor -> cursor.isEmpty() || cursor.isIdle() && registry.remove(cursor));
		ResultCursor cursor = new ResultCursor(registry.generateCursorId(), rest, largestDocument);
		registry.add(cursor);
		open.put(cursor.getId(), cursor);
		return cursor;
	}

	/** How many documents surely fit into one reply, which a client refuses past 48 MB. */
	static int fitting(int batchSize, int largestDocument) {
		return Math.clamp(batchSize, 1, Math.max(1, BsonConstants.MAX_BSON_OBJECT_SIZE / largestDocument));
	}

	private static final class ResultCursor extends AbstractCursor {
		private final int largestDocument;
		private List<Document> rest;
		private volatile long used = System.nanoTime();

		private ResultCursor(long id, List<Document> rest, int largestDocument) {
			super(id);
			this.rest = rest;
			this.largestDocument = largestDocument;
		}

		private boolean isIdle() {
			return System.nanoTime() - used > IDLE.toNanos();
		}

		@Override
		public synchronized boolean isEmpty() {
			return rest.isEmpty();
		}

		@Override
		public synchronized List<Document> takeDocuments(int batchSize) {
			used = System.nanoTime();
			int size = Math.min(rest.size(), fitting(batchSize, largestDocument));
			List<Document> taken = rest.subList(0, size);
			rest = rest.subList(size, rest.size());
			return taken;
		}
	}
}
