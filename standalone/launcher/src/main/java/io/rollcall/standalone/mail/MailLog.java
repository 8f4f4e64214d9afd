package io.rollcall.standalone.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file a day, one JSON line a mail, never changed once written. What a list needs of each stands in a
 * {@link MailIndex} beside them; bodies are read when somebody opens a mail.
 */
final class MailLog implements AutoCloseable {
	private static final Logger LOG = LoggerFactory.getLogger(MailLog.class);
	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** One line. {@code source} is the mail as it came, a character for each byte; it stands last (see {@link #head}). */
	record Line(long id, Instant receivedAt, String from, List<String> recipients, String subject, String messageId,
			String source) {}

	/** A page of what was found. */
	record Found(List<Mail> mails, int total) {}

	private final Path directory;
	private final MailIndex index;
	private @Nullable FileChannel channel;
	private @Nullable LocalDate day;

	private MailLog(Path directory, MailIndex index) {
		this.directory = directory;
		this.index = index;
	}

	/** Opens the log. A line that a killed process left half-written was never acknowledged. */
	static MailLog open(Path directory) {
		try {
			Files.createDirectories(directory);
			var log = new MailLog(directory, MailIndex.open(directory.resolve("mails.index")));
			try {
				log.readOn();
				return log;
			} catch (IOException | RuntimeException e) {
				log.close();
				throw e;
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Indexes what is not yet: all of a log that has no index, of another the mails that came just before a kill. */
	private void readOn() throws IOException {
		List<LocalDate> days = days();
		MailIndex.Line last = index.last();
		if (last != null && isOfThisLog(last, days)) {
			for (LocalDate each : days) {
				if (each.isAfter(last.day())) load(each, 0);
				if (each.equals(last.day())) load(each, last.end());
			}
			return;
		}
		if (index.size() > 0) LOG.warn("The index of mails is not of this log, and made anew");
		index.clear();
		for (LocalDate each : days)
			load(each, 0);
	}

	private boolean isOfThisLog(MailIndex.Line last, List<LocalDate> days) throws IOException {
		return last.mail().id() == index.size() && days.contains(last.day())
				&& Files.size(file(last.day())) >= last.end();
	}

	private List<LocalDate> days() throws IOException {
		try (var files = Files.list(directory)) {
			return files.map(it -> it.getFileName().toString())
					.filter(it -> it.matches("mails-\\d{4}-\\d\\d-\\d\\d\\.jsonl"))
					.map(it -> LocalDate.parse(it.substring(6, 16))).sorted().toList();
		}
	}

	private Path file(LocalDate of) {
		return directory.resolve("mails-" + of + ".jsonl");
	}

	/** When this returns, the mail is the operating system's: it outlives a killed process. */
	synchronized Mail append(Instant receivedAt, String from, List<String> recipients, String subject,
			String messageId, byte[] source) {
		var mail = new Mail(index.size() + 1L, receivedAt, from, List.copyOf(recipients), subject, messageId);
		byte[] json = JSON.writeValueAsBytes(new Line(mail.id(), mail.receivedAt(), mail.from(), mail.recipients(),
				mail.subject(), mail.messageId(), new String(source, StandardCharsets.ISO_8859_1)));
		var line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
		try {
			LocalDate today = LocalDate.ofInstant(receivedAt, ZoneOffset.UTC);
			var out = channelTo(today);
			long offset = out.size();
			try {
				while (line.hasRemaining())
					out.write(line);
				index.append(new MailIndex.Line(mail, today, offset, json.length));
			} catch (IOException e) {
				out.truncate(offset); // half a line would spoil the next one
				throw e;
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return mail;
	}

	/** Newest first; {@code recipient} is a part of an address, ignoring case; the empty one means all. */
	synchronized List<Mail> find(String recipient, long afterId) {
		String wanted = recipient.strip().toLowerCase(Locale.ROOT);
		int after = (int) Math.clamp(afterId, 0, index.size());
		try {
			return index.find(wanted, after,
					mail -> mail.recipients().stream().anyMatch(it -> it.toLowerCase(Locale.ROOT).contains(wanted)))
					.reversed();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/**
	 * Newest first: those to whose recipient or in whose subject the text stands, without regard to case; blank finds
	 * all.
	 */
	synchronized Found search(String text, int page, int size) {
		String wanted = text.strip().toLowerCase(Locale.ROOT);
		if (wanted.isEmpty()) return newest(page, size);
		try {
			List<Mail> found = index.find(wanted, 0,
					mail -> Stream.concat(mail.recipients().stream(), Stream.of(mail.subject()))
							.anyMatch(it -> it.toLowerCase(Locale.ROOT).contains(wanted)))
					.reversed();
			int from = (int) Math.min(found.size(), (long) page * size);
			return new Found(found.subList(from, Math.min(found.size(), from + size)), found.size());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private Found newest(int page, int size) {
		int before = (int) Math.max(0, index.size() - (long) page * size);
		return new Found(IntStream.range(0, Math.min(size, before)).mapToObj(i -> indexed(before - i).mail()).toList(),
				index.size());
	}

	private MailIndex.Line indexed(int id) {
		try {
			return index.read(id);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	synchronized int size() {
		return index.size();
	}

	/** The mail and its source, or null when there is none of that id any more. */
	@Nullable
	Line read(long id) {
		MailIndex.Line line;
		synchronized (this) {
			if (id < 1 || id > index.size()) return null;
			line = indexed((int) id);
		}
		try (var in = FileChannel.open(file(line.day()), StandardOpenOption.READ)) {
			var bytes = ByteBuffer.allocate(line.length());
			while (bytes.hasRemaining()) {
				if (in.read(bytes, line.offset() + bytes.position()) < 0) {
					throw new IOException("The mail log is shorter than its index");
				}
			}
			return JSON.readValue(bytes.array(), Line.class);
		} catch (NoSuchFileException _) {
			return null; // somebody has removed the mails of that day
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Override
	public synchronized void close() {
		try (index) {
			if (channel != null) channel.close();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private FileChannel channelTo(LocalDate wanted) throws IOException {
		if (channel != null && wanted.equals(day)) return channel;
		if (channel != null) channel.close();
		day = wanted;
		channel = FileChannel.open(file(wanted), StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.APPEND);
		return channel;
	}

	/** Indexes the mails of a day from a place in its file on, and cuts half a line off its end. */
	private void load(LocalDate loaded, long from) throws IOException {
		long complete = from;
		try (InputStream in = new BufferedInputStream(Files.newInputStream(file(loaded)), 1 << 16)) {
			in.skipNBytes(from);
			var line = new ByteArrayOutputStream(1 << 14);
			for (int b = in.read(); b >= 0; b = in.read()) {
				if (b != '\n') {
					line.write(b);
					continue;
				}
				index.append(new MailIndex.Line(head(line.toByteArray(), index.size() + 1L), loaded, complete,
						line.size()));
				complete += line.size() + 1L;
				line.reset();
			}
		}
		if (complete < Files.size(file(loaded))) {
			try (var out = FileChannel.open(file(loaded), StandardOpenOption.WRITE)) {
				out.truncate(complete);
			}
		}
	}

	/** Reads a line up to its source, which is nearly all of it. */
	private static Mail head(byte[] line, long id) {
		Instant receivedAt = Instant.EPOCH;
		String from = "";
		String subject = "";
		String messageId = "";
		var recipients = new ArrayList<String>();
		try (JsonParser json = JSON.createParser(line)) {
			json.nextToken();
			while (json.nextToken() == JsonToken.PROPERTY_NAME && !json.currentName().equals("source")) {
				String name = json.currentName();
				json.nextToken();
				switch (name) {
					case "receivedAt" -> receivedAt = Instant.parse(json.getString());
					case "from" -> from = json.getString();
					case "subject" -> subject = json.getString();
					case "messageId" -> messageId = json.getString();
					case "recipients" -> {
						while (json.nextToken() != JsonToken.END_ARRAY)
							recipients.add(json.getString());
					}
					default -> json.skipChildren();
				}
			}
		}
		return new Mail(id, receivedAt, from, recipients, subject, messageId);
	}
}
