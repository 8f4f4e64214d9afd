package io.rollcall.mongo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

import io.rollcall.mongo.JournalFile.Change;
import io.rollcall.mongo.JournalFile.Drop;
import io.rollcall.mongo.JournalFile.Put;
import io.rollcall.mongo.JournalFile.Remove;

/**
 * The documents of all collections, in memory. A change is visible at once; it outlives the process when {@link #flush()} has
 * returned, which takes along whatever others have changed by then.
 */
final class DocumentStore implements Journal.Contents, AutoCloseable {
	private final Map<String, Documents> documents = new ConcurrentHashMap<>();
	/** None where everything is forgotten at the end. */
	private @Nullable Journal journal;

	/** A store that forgets everything when closed. */
	static DocumentStore inMemory() {
		return new DocumentStore();
	}

	/**
	 * The documents that are kept in a directory.
	 *
	 * @throws IllegalStateException when another process has the directory, or what is kept there is damaged
	 */
	static DocumentStore open(Path directory) throws IOException {
		DocumentStore store = new DocumentStore();
		store.journal = Journal.open(directory, store);
		return store;
	}

	/** Names of all collections that have, or had, documents: {@code database.collection}. */
	Collection<String> namespaces() {
		return List.copyOf(documents.keySet());
	}

	/** The documents of one collection. */
	Documents documents(String namespace) {
		return documents.computeIfAbsent(namespace, Documents::new);
	}

	/** Returns when every change made before this call is kept. */
	void flush() {
		if (journal != null) journal.flush();
	}

	/** Bytes in the journal's files. */
	long size() throws IOException {
		return journal == null ? 0 : journal.size();
	}

	@Override
	public void close() {
		if (journal != null) journal.close();
	}

	private void make(Change change) {
		if (journal == null) {
			apply(change);
		} else {
			journal.append(change);
		}
	}

	@Override
	public synchronized void apply(Change change) {
		Documents collection = documents(change.namespace());
		switch (change) {
			case Put put -> collection.set(put.position(), put.document());
			case Remove remove -> collection.byPosition.remove(remove.position());
			case Drop _ -> collection.byPosition.clear();
		}
	}

	@Override
	public long count() {
		return documents.values().stream().mapToLong(Documents::size).sum();
	}

	@Override
	public void forEach(Consumer<Put> action) {
		documents.values().forEach(collection -> collection.byPosition
				.forEach((position, bson) -> action.accept(new Put(collection.namespace, position, bson))));
	}

	/**
	 * The documents of one collection by position, which is the order of their insertion. They are kept as BSON, one object for the
	 * collector where a {@link Document} is some fifty; whoever reads one gets a {@code Document} of its own.
	 */
	final class Documents {
		private final String namespace;
		private final ConcurrentSkipListMap<Long, byte[]> byPosition = new ConcurrentSkipListMap<>();
		private volatile int largest = 1;

		private Documents(String namespace) {
			this.namespace = namespace;
		}

		/** The document there now, if there is one. */
		@Nullable
		Document get(long position) {
			byte[] bson = byPosition.get(position);
			return bson == null ? null : document(bson);
		}

		/** All documents, each as it is when its turn comes. Any thread may ask at any time. */
		Stream<Document> inOrder() {
			return byPosition.values().stream().map(Documents::document);
		}

		Stream<Document> inReverse() {
			return byPosition.descendingMap().values().stream().map(Documents::document);
		}

		Stream<DocumentWithPosition<Long>> withPositions() {
			return byPosition.entrySet().stream()
					.map(entry -> new DocumentWithPosition<>(document(entry.getValue()), entry.getKey()));
		}

		int size() {
			return byPosition.size();
		}

		boolean isEmpty() {
			return byPosition.isEmpty();
		}

		/** The position for the next document. */
		long end() {
			return byPosition.isEmpty() ? 0 : byPosition.lastKey() + 1;
		}

		/** Size in bytes that no document here exceeds. */
		int largest() {
			return largest;
		}

		/**
		 * Puts a document in the place of the one at that position.
		 *
		 * @throws MongoServerError when it is larger than 16 MB; nothing has changed then
		 */
		void put(long position, Document document) {
			byte[] bson = bson(document);
			if (bson.length > BsonConstants.MAX_BSON_OBJECT_SIZE) {
				throw new MongoServerError(10334, "BSONObjectTooLarge",
						"BSONObj size: " + bson.length + " is invalid. Size must be between 0 and 16777216 (16MB)");
			}
			make(new Put(namespace, position, bson));
		}

		void remove(long position) {
			make(new Remove(namespace, position));
		}

		void drop() {
			make(new Drop(namespace));
		}

		/** Puts all of these documents where they are in {@code other}. */
		void putAll(Documents other) {
			other.byPosition.forEach((position, bson) -> make(new Put(namespace, position, bson)));
		}

		private void set(long position, byte[] bson) {
			byPosition.put(position, bson);
			largest = Math.max(largest, bson.length);
		}

		private static byte[] bson(Document document) {
			ByteBuf bytes = Unpooled.buffer(1024);
			BsonEncoder.encodeDocument(document, bytes);
			return ByteBufUtil.getBytes(bytes);
		}

		private static Document document(byte[] bson) {
			return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bson));
		}
	}
}
