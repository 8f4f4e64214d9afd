package io.rollcall.mongo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.rollcall.mongo.JournalFile.Change;
import io.rollcall.mongo.JournalFile.Put;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

/**
 * What outlives the process: every change, in a row of numbered files. Reading all files in order gives the documents, however
 * often a change stands in them; compaction rests on that (see RATIONALE.md).
 */
final class Journal implements AutoCloseable {
	private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

	private static final long SMALLEST_COMPACTION = 16L << 20;
	private static final int KEPT_BUFFER = 4 << 20;

	/** The documents that come back from the journal. */
	interface Contents {
		/** Makes a change that is in the journal. */
		void apply(Change change);

		long count();

		/** Gives all documents, each as it is when its turn comes. */
		void forEach(Consumer<Put> action);
	}

	private final Path directory;
	private final Contents contents;

	/** Guarded by {@code this}, as is the order of records and changes. */
	private ByteBuf pending = Unpooled.buffer(1 << 16);
	private volatile long appended;

	/** Whoever holds it writes the file. Taken before {@code this} when both are needed. */
	private final Object writing = new Object();
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

	private Journal(Path directory, Contents contents) {
		this.directory = directory;
		this.contents = contents;
	}

	/**
	 * Reads the journal of a directory, and compacts it unless most of its records were still in force.
	 *
	 * @throws IllegalStateException when another process has the directory, or a record is damaged other than by having been cut short
	 */
	static Journal open(Path directory, Contents contents) throws IOException {
		Journal journal = new Journal(directory, contents);
		try {
			Files.createDirectories(directory);
			journal.lock();
			for (Path file : journal.files()) {
				journal.replay(file);
				journal.nextFile = number(file) + 1;
			}
			long snapshot = journal.roll();
			if (journal.replayed > contents.count() * 5 / 4) journal.compact(snapshot);
			return journal;
		} catch (IOException | RuntimeException e) {
			journal.close();
			throw e;
		}
	}

	/** Enters a change, and makes it at the same moment: no other comes between. */
	void append(Change change) {
		// Before the lock is taken, which everybody needs for a moment, people's looks too.
		ByteBuf record = Unpooled.buffer(change instanceof Put put ? put.document().length + 128 : 128);
		JournalFile.write(change, record);
		synchronized (this) {
			checkUsable();
			pending.writeBytes(record);
			appended++;
			contents.apply(change);
		}
	}

	/** Returns when every change made before this call is in the file. Several callers share one write. */
	void flush() {
		long mine = appended;
		if (written >= mine) return;
		synchronized (writing) {
			if (written < mine) writePending();
		}
		if (sinceCompaction > Math.max(compacted, SMALLEST_COMPACTION)) compactInBackground();
	}

	/** Bytes in the files. */
	long size() throws IOException {
		long size = 0;
		for (Path file : files())
			size += Files.size(file);
		return size;
	}

	@Override
	public void close() {
		Thread running;
		synchronized (writing) {
			running = compaction;
		}
		try (FileChannel _ = lock; FileChannel _ = channel) {
			if (running != null) running.join();
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
			if (channel != null) writeFully(channel, batch);
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
		while (bytes.isReadable())
			bytes.readBytes(channel, bytes.readableBytes());
	}

	private void checkUsable() {
		IOException cause = failure;
		if (cause != null) throw new UncheckedIOException("The journal could not be written; start again", cause);
	}

	private void compactInBackground() {
		synchronized (writing) {
			if (compaction != null || failure != null
					|| sinceCompaction <= Math.max(compacted, SMALLEST_COMPACTION)) {
				return;
			}
			compaction = Thread.ofPlatform().name("mongo-compaction").start(() -> {
				try {
					compact(roll());
				} catch (IOException | UncheckedIOException e) {
					LOG.error("The journal could not be compacted; it goes on growing", e);
				} finally {
					synchronized (writing) {
						compaction = null;
					}
				}
			});
		}
	}

	/** Lets later changes go to a new file. Answers the number left free for the documents as they are now. */
	private long roll() throws IOException {
		synchronized (writing) {
			if (channel != null) {
				writePending();
				channel.close();
			}
			long snapshot = nextFile;
			channel = FileChannel.open(file(snapshot + 1), CREATE_NEW, WRITE);
			nextFile = snapshot + 2;
			sinceCompaction = 0;
			return snapshot;
		}
	}

	/** Writes all documents to the file of that number, which makes the earlier files superfluous. */
	private void compact(long snapshot) throws IOException {
		Path unfinished = directory.resolve("snapshot.tmp");
		try (FileChannel out = FileChannel.open(unfinished, CREATE, WRITE, TRUNCATE_EXISTING)) {
			ByteBuf records = Unpooled.buffer(1 << 20);
			contents.forEach(document -> {
				JournalFile.write(document, records);
				if (records.readableBytes() > 1 << 20) writeThrough(out, records);
			});
			writeThrough(out, records);
		}
		long size = Files.size(unfinished);
		Files.move(unfinished, file(snapshot), StandardCopyOption.ATOMIC_MOVE);
		for (Path file : files())
			if (number(file) < snapshot) Files.delete(file);
		synchronized (writing) {
			compacted = size;
		}
	}

	private static void writeThrough(FileChannel out, ByteBuf records) {
		try {
			writeFully(out, records);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		records.clear();
	}

	private void lock() throws IOException {
		lock = FileChannel.open(directory.resolve("lock"), CREATE, WRITE);
		try {
			if (lock.tryLock() != null) return;
		} catch (OverlappingFileLockException e) {
			// held by this very process
		}
		throw new IllegalStateException("Another server uses the data in " + directory);
	}

	private void replay(Path file) throws IOException {
		long length = Files.size(file);
		compacted += length;
		long read = JournalFile.read(file, change -> {
			contents.apply(change);
			replayed++;
		});
		if (length == 0) Files.delete(file);
		if (read < length) {
			LOG.warn("{} ends with {} bytes of a write that was cut short, and never acknowledged", file.getFileName(),
					length - read);
		}
	}

	private Path file(long number) {
		return directory.resolve("%08d.journal".formatted(number));
	}

	private static long number(Path file) {
		return Long.parseLong(file.getFileName().toString().replace(".journal", ""));
	}

	private List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(directory)) {
			return files.filter(file -> file.getFileName().toString().endsWith(".journal")).sorted().toList();
		}
	}
}
