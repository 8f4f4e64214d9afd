package io.rollcall.standalone.mongo;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

/**
 * The documents of all collections, in memory, and the journal from which they come back. A change is visible at once;
 * it outlives the process when {@link #flush()} has returned, which takes along whatever others have changed by then.
 *
 * <p>A journal is a row of numbered files. Each holds records of whole documents, so that reading all files in order
 * gives the documents, however often a change stands in them; compaction rests on that (see RATIONALE.md).
 */
final class DocumentStore implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(DocumentStore.class);

	private static final byte PUT = 1;
	private static final byte REMOVE = 2;
	private static final byte DROP = 3;
	private static final byte[] NOTHING = {};

	private static final int FRAME_HEADER = 8;
	private static final int LARGEST_RECORD = BsonConstants.MAX_BSON_OBJECT_SIZE + 1024;
	private static final long SMALLEST_COMPACTION = 16L << 20;
	private static final int KEPT_BUFFER = 4 << 20;

	private final @Nullable Path directory;
	private final Map<String, Documents> documents = new ConcurrentHashMap<>();

	/** Guarded by {@code this}, as is the order of records and changes. */
	private ByteBuf pending = Unpooled.buffer(1 << 16);
	private volatile long appended;

	/** Whoever holds it writes the file. Taken before {@code this} when both are needed. */
	private final Object file = new Object();
	private ByteBuf spare = Unpooled.buffer(1 << 16);
	private volatile long written;
	private volatile @Nullable IOException failure;
	private @Nullable FileChannel lock;
	private @Nullable FileChannel channel;
	private long nextFile;
	private volatile long sinceCompaction;
	private volatile long compacted;
	private @Nullable Thread compaction;
	private long replayed;

	private DocumentStore(@Nullable Path directory) {
		this.directory = directory;
	}

	/** A store that forgets everything when closed. */
	static DocumentStore inMemory() {
		return new DocumentStore(null);
	}

	/**
	 * Reads the journal of a directory, and compacts it unless most of its records were still in force.
	 *
	 * @throws IllegalStateException
	 *             when another process has the directory, or a record is damaged other than by having been cut short
	 */
	static DocumentStore open(Path directory) throws IOException {
		DocumentStore store = new DocumentStore(directory);
		try {
			Files.createDirectories(directory);
			store.lock(directory);
			for (Path journal : journals(directory)) {
				store.replay(journal);
				store.nextFile = number(journal) + 1;
			}
			long snapshot = store.roll();
			if (store.replayed > store.count() * 5 / 4) {
				store.compact(snapshot);
			}
			return store;
		} catch (IOException | RuntimeException e) {
			store.close();
			throw e;
		}
	}

	/** Names of all collections that have, or had, documents: {@code database.collection}. */
	Collection<String> namespaces() {
		return List.copyOf(documents.keySet());
	}

	/** The documents of one collection. */
	Documents documents(String namespace) {
		return documents.computeIfAbsent(namespace, Documents::new);
	}

	/** Returns when every change made before this call is in the file. Several callers share one write. */
	void flush() {
		long mine = appended;
		if (written >= mine) {
			return;
		}
		synchronized (file) {
			if (written < mine) {
				writePending();
			}
		}
		if (sinceCompaction > Math.max(compacted, SMALLEST_COMPACTION)) {
			compactInBackground();
		}
	}

	/** Bytes in the journal's files. */
	long size() throws IOException {
		long size = 0;
		if (directory != null) {
			for (Path journal : journals(directory)) {
				size += Files.size(journal);
			}
		}
		return size;
	}

	@Override
	public void close() {
		Thread running;
		synchronized (file) {
			running = compaction;
		}
		try (FileChannel _ = lock; FileChannel _ = channel) {
			if (running != null) {
				running.join();
			}
			flush();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private void writePending() {
		ByteBuf batch;
		long upTo;
		synchronized (this) {
			batch = pending;
			upTo = appended;
			pending = spare;
		}
		try {
			checkUsable();
			int size = batch.readableBytes();
			if (channel != null) {
				writeFully(channel, batch);
			}
			sinceCompaction += size;
			written = upTo;
		} catch (IOException e) {
			// What was cut short may hide what would follow it: nothing may follow.
			failure = e;
			throw new UncheckedIOException("The journal cannot be written", e);
		} finally {
			spare = batch.capacity() > KEPT_BUFFER ? Unpooled.buffer(1 << 16) : batch.clear();
		}
	}

	private static void writeFully(FileChannel channel, ByteBuf bytes) throws IOException {
		while (bytes.isReadable()) {
			bytes.readBytes(channel, bytes.readableBytes());
		}
	}

	private void checkUsable() {
		IOException cause = failure;
		if (cause != null) {
			throw new UncheckedIOException("The journal could not be written; start again", cause);
		}
	}

	private void compactInBackground() {
		synchronized (file) {
			if (compaction != null || directory == null || failure != null
					|| sinceCompaction <= Math.max(compacted, SMALLEST_COMPACTION)) {
				return;
			}
			compaction = Thread.ofPlatform().name("mongo-compaction").start(() -> {
				try {
					compact(roll());
				} catch (IOException e) {
					log.error("The journal could not be compacted; it goes on growing", e);
				} finally {
					synchronized (file) {
						compaction = null;
					}
				}
			});
		}
	}

	/** Lets later changes go to a new file. Answers the number left free for the documents as they are now. */
	private long roll() throws IOException {
		synchronized (file) {
			if (channel != null) {
				writePending();
				channel.close();
			}
			long snapshot = nextFile;
			channel = FileChannel.open(journal(snapshot + 1), CREATE_NEW, WRITE);
			nextFile = snapshot + 2;
			sinceCompaction = 0;
			return snapshot;
		}
	}

	/** Writes all documents to the file of that number, which makes the earlier files superfluous. */
	private void compact(long snapshot) throws IOException {
		if (directory == null) {
			return;
		}
		Path unfinished = directory.resolve("snapshot.tmp");
		long size = 0;
		try (FileChannel out = FileChannel.open(unfinished, CREATE, WRITE, TRUNCATE_EXISTING)) {
			ByteBuf records = Unpooled.buffer(1 << 20);
			for (Documents collection : documents.values()) {
				for (Map.Entry<Long, byte[]> entry : collection.byPosition.entrySet()) {
					encode(records, PUT, collection.namespace, entry.getKey(), entry.getValue());
					if (records.readableBytes() > 1 << 20) {
						size += records.readableBytes();
						writeFully(out, records);
						records.clear();
					}
				}
			}
			size += records.readableBytes();
			writeFully(out, records);
		}
		Files.move(unfinished, journal(snapshot), StandardCopyOption.ATOMIC_MOVE);
		for (Path journal : journals(directory)) {
			if (number(journal) < snapshot) {
				Files.delete(journal);
			}
		}
		synchronized (file) {
			compacted = size;
		}
	}

	private void lock(Path directory) throws IOException {
		lock = FileChannel.open(directory.resolve("lock"), CREATE, WRITE);
		try {
			if (lock.tryLock() != null) {
				return;
			}
		} catch (OverlappingFileLockException e) {
			// held by this very process
		}
		throw new IllegalStateException("Another server uses the data in " + directory);
	}

	private long count() {
		return documents.values().stream().mapToLong(collection -> collection.size()).sum();
	}

	private void replay(Path journal) throws IOException {
		long length = Files.size(journal);
		compacted += length;
		long offset = 0;
		try (DataInputStream in = new DataInputStream(
				new BufferedInputStream(Files.newInputStream(journal), 1 << 20))) {
			while (length - offset >= FRAME_HEADER) {
				int size = in.readInt();
				int checksum = in.readInt();
				boolean plausible = size > 0 && size <= LARGEST_RECORD;
				if (plausible && size > length - offset - FRAME_HEADER) {
					break;
				}
				byte[] record = plausible ? in.readNBytes(size) : new byte[0];
				if (!plausible || checksum(record, 0, size) != checksum) {
					throw new IllegalStateException(
							"The journal " + journal.getFileName() + " is damaged at byte " + offset);
				}
				apply(Unpooled.wrappedBuffer(record));
				replayed++;
				offset += FRAME_HEADER + size;
			}
		}
		if (length == 0) {
			Files.delete(journal);
		}
		if (offset < length) {
			log.warn("{} ends with {} bytes of a write that was cut short, and never acknowledged",
					journal.getFileName(),
					length - offset);
		}
	}

	private void apply(ByteBuf record) {
		byte operation = record.readByte();
		long position = record.readLong();
		Documents collection = documents(
				record.readCharSequence(record.readShort(), StandardCharsets.UTF_8).toString());
		switch (operation) {
			case PUT -> collection.set(position, ByteBufUtil.getBytes(record));
			case REMOVE -> collection.byPosition.remove(position);
			case DROP -> collection.byPosition.clear();
			default -> throw new IllegalStateException("Unknown record " + operation);
		}
	}

	private static void encode(ByteBuf out, byte operation, String namespace, long position, byte[] document) {
		int start = out.writerIndex();
		out.writeLong(0);
		out.writeByte(operation);
		out.writeLong(position);
		int name = out.writerIndex();
		out.writeShort(0);
		out.setShort(name, out.writeCharSequence(namespace, StandardCharsets.UTF_8));
		out.writeBytes(document);
		int length = out.writerIndex() - start - FRAME_HEADER;
		out.setInt(start, length);
		out.setInt(start + 4, checksum(out.array(), out.arrayOffset() + start + FRAME_HEADER, length));
	}

	private static int checksum(byte[] bytes, int offset, int length) {
		CRC32C checksum = new CRC32C();
		checksum.update(ByteBuffer.wrap(bytes, offset, length));
		return (int) checksum.getValue();
	}

	private Path journal(long number) {
		return Objects.requireNonNull(directory).resolve("%08d.journal".formatted(number));
	}

	private static long number(Path journal) {
		return Long.parseLong(journal.getFileName().toString().replace(".journal", ""));
	}

	private static List<Path> journals(Path directory) throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter(file -> file.getFileName().toString().endsWith(".journal")).sorted().toList();
		}
	}

	private static byte[] bson(Document document) {
		ByteBuf bytes = Unpooled.buffer(1024);
		BsonEncoder.encodeDocument(document, bytes);
		return ByteBufUtil.getBytes(bytes);
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
		 * @throws MongoServerError
		 *             when it is larger than 16 MB; nothing has changed then
		 */
		void put(long position, Document document) {
			byte[] bson = bson(document);
			if (bson.length > BsonConstants.MAX_BSON_OBJECT_SIZE) {
				throw new MongoServerError(10334, "BSONObjectTooLarge",
						"BSONObj size: " + bson.length + " is invalid. Size must be between 0 and 16777216 (16MB)");
			}
			put(position, bson);
		}

		void remove(long position) {
			ByteBuf record = record(REMOVE, position, NOTHING);
			synchronized (DocumentStore.this) {
				append(record);
				byPosition.remove(position);
			}
		}

		void drop() {
			ByteBuf record = record(DROP, 0, NOTHING);
			synchronized (DocumentStore.this) {
				append(record);
				byPosition.clear();
			}
		}

		/** Puts all of these documents where they are in {@code other}. */
		void putAll(Documents other) {
			other.byPosition.forEach(this::put);
		}

		private void put(long position, byte[] bson) {
			ByteBuf record = record(PUT, position, bson);
			synchronized (DocumentStore.this) {
				append(record);
				set(position, bson);
			}
		}

		private void set(long position, byte[] bson) {
			byPosition.put(position, bson);
			largest = Math.max(largest, bson.length);
		}

		/** Made before the lock is taken, which everybody needs for a moment, people's looks too. */
		private ByteBuf record(byte operation, long position, byte[] document) {
			ByteBuf record = Unpooled.buffer(FRAME_HEADER + 16 + namespace.length() + document.length);
			encode(record, operation, namespace, position, document);
			return record;
		}

		private void append(ByteBuf record) {
			checkUsable();
			if (directory == null) return;
			pending.writeBytes(record);
			appended++;
		}

		private static Document document(byte[] bson) {
			return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bson));
		}
	}
}
