package io.rollcall.standalone.mail;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A short JSON line for each mail, so that neither a start nor a list nor a search reads bodies. In memory is where each
 * line ends, and nothing else. What a killed process did not write here stands in the log (see {@link MailLog}).
 */
final class MailIndex implements AutoCloseable {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final int BLOCK = 1 << 20;

	/**
	 * @param day in UTC, of the log's file
	 * @param offset in that file, in bytes
	 * @param length in bytes, without the line's end
	 */
	record Line(Mail mail, LocalDate day, long offset, int length) {
		long end() {
			return offset + length + 1;
		}
	}

	private final FileChannel file;
	/** Where the line of each mail ends, in bytes; the first of them begins at 0. */
	private long[] ends = new long[1024];
	private int size;

	private MailIndex(FileChannel file) {
		this.file = file;
	}

	/** Opens the file, or begins one; half a line at its end is cut off. */
	static MailIndex open(Path path) throws IOException {
		var index = new MailIndex(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE));
		try {
			index.load();
			return index;
		} catch (IOException | RuntimeException e) {
			index.close();
			throw e;
		}
	}

	private void load() throws IOException {
		var block = ByteBuffer.allocate(BLOCK);
		for (long at = 0; file.read(block.clear(), at) > 0; at += block.position()) {
			for (int i = 0; i < block.position(); i++) {
				if (block.get(i) == '\n') add(at + i + 1);
			}
		}
		file.truncate(end());
	}

	private long end() {
		return size == 0 ? 0 : ends[size - 1];
	}

	private void add(long end) {
		if (size == ends.length) ends = Arrays.copyOf(ends, 2 * size);
		ends[size++] = end;
	}

	int size() {
		return size;
	}

	/** @return null where there is none, or where it cannot be read as one */
	@Nullable
	Line last() throws IOException {
		if (size == 0) return null;
		try {
			return read(size);
		} catch (JacksonException _) {
			return null;
		}
	}

	/** @param id from 1 to {@link #size} */
	Line read(int id) throws IOException {
		long from = begin(id);
		byte[] line = new byte[(int) (ends[id - 1] - from)];
		readFully(ByteBuffer.wrap(line), from);
		return JSON.readValue(line, Line.class);
	}

	private long begin(int id) {
		return id == 1 ? 0 : ends[id - 2];
	}

	private void readFully(ByteBuffer bytes, long from) throws IOException {
		while (bytes.hasRemaining()) {
			if (file.read(bytes, from + bytes.position()) < 0) throw new IOException("The index of mails is cut short");
		}
	}

	/** Adds the next, as a whole or not at all. */
	void append(Line line) throws IOException {
		byte[] json = JSON.writeValueAsBytes(line);
		var bytes = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
		long from = end();
		try {
			while (bytes.hasRemaining())
				file.write(bytes, from + bytes.position());
		} catch (IOException e) {
			file.truncate(from);
			throw e;
		}
		add(from + json.length + 1);
	}

	/** Forgets all: the log is another than the one that was indexed. */
	void clear() throws IOException {
		size = 0;
		file.truncate(0);
	}

	/**
	 * Oldest first: the mails that may have the text in their line, of which the condition decides.
	 *
	 * @param text without capital letters; of one beyond ASCII each line is read
	 * @param afterId the last of those that are not looked at
	 */
	List<Mail> find(String text, int afterId, Predicate<Mail> condition) throws IOException {
		byte[] wanted = isPlain(text) ? text.getBytes(StandardCharsets.US_ASCII) : new byte[0];
		List<Mail> found = new ArrayList<>();
		for (int id = afterId + 1; id <= size;) {
			int last = lastOfBlock(id);
			byte[] block = new byte[(int) (ends[last - 1] - begin(id))];
			long from = begin(id);
			readFully(ByteBuffer.wrap(block), from);
			for (; id <= last; id++) {
				int start = (int) (begin(id) - from);
				int end = (int) (ends[id - 1] - from);
				if (!contains(block, start, end, wanted)) continue;
				Mail mail = JSON.readerFor(Line.class).<Line>readValue(block, start, end - start).mail();
				if (condition.test(mail)) found.add(mail);
			}
		}
		return found;
	}

	private int lastOfBlock(int id) {
		int found = Arrays.binarySearch(ends, id - 1, size, begin(id) + BLOCK);
		return Math.max(id, found >= 0 ? found + 1 : -found - 1);
	}

	/** Whether JSON writes it as it is, and each letter's capital is one of ASCII. */
	private static boolean isPlain(String text) {
		return text.chars().allMatch(it -> it >= ' ' && it < 0x7f && it != '"' && it != '\\');
	}

	private static boolean contains(byte[] line, int start, int end, byte[] wanted) {
		for (int i = start; i <= end - wanted.length; i++) {
			int same = 0;
			while (same < wanted.length && small(line[i + same]) == wanted[same])
				same++;
			if (same == wanted.length) return true;
		}
		return false;
	}

	private static byte small(byte letter) {
		return letter >= 'A' && letter <= 'Z' ? (byte) (letter + 'a' - 'A') : letter;
	}

	@Override
	public void close() throws IOException {
		file.close();
	}
}
