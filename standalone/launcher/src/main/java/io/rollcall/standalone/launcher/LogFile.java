package io.rollcall.standalone.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What one child says, in a file. A new run starts a new file and keeps the one before as {@code .1}; so does a file
 * that grows past its limit.
 */
final class LogFile implements AutoCloseable {
	private static final long LIMIT = 20L * 1024 * 1024;
	private static final int TAIL = 25;

	private final Path path;
	private final Deque<String> tail = new ArrayDeque<>();
	private @Nullable Writer writer;
	private long size;

	LogFile(Path path) {
		this.path = path;
		try {
			if (Files.exists(path)) keepAsPrevious();
			writer = open();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	Path path() {
		return path;
	}

	/** The last lines, oldest first. */
	synchronized List<String> tail() {
		return List.copyOf(tail);
	}

	/** Copies lines until the stream ends, which it does when its process does. */
	void copy(InputStream output, Consumer<String> listener) {
		try (var lines = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				write(line);
				listener.accept(line);
			}
		} catch (IOException _) {
			// the stream of a killed process may end like this
		}
	}

	synchronized void write(String line) {
		tail.addLast(line);
		if (tail.size() > TAIL) tail.removeFirst();
		try {
			if (writer == null) return;
			if (size > LIMIT) {
				writer.close();
				keepAsPrevious();
				writer = open();
			}
			writer.write(line);
			writer.write('\n');
			writer.flush();
			size += line.length() + 1L;
		} catch (IOException _) {
			// a full disk must not stop the child: its pipe has to be emptied
		}
	}

	@Override
	public synchronized void close() {
		try {
			if (writer != null) writer.close();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} finally {
			writer = null;
		}
	}

	private void keepAsPrevious() throws IOException {
		Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
	}

	private Writer open() throws IOException {
		size = 0;
		return Files.newBufferedWriter(OwnerOnly.file(path), StandardCharsets.UTF_8, StandardOpenOption.CREATE,
				StandardOpenOption.APPEND);
	}
}
