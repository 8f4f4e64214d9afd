package io.rollcall.standalone.mail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * One file a day, one JSON line a mail, never changed once written. In memory is an index alone: bodies are read from
 * the file when somebody opens a mail.
 */
final class MailLog implements AutoCloseable {
	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** One line. {@code source} is the mail as it came, a character for each byte; it stands last (see {@link #head}). */
	record Line(long id, Instant receivedAt, String from, List<String> recipients, String subject, String messageId,
			String source) {}

	private record Entry(Mail mail, Path file, long offset, int length) {}

	private final Path directory;
	private final List<Entry> entries = new ArrayList<>();
	// Subjects and senders repeat: 100,000 mails share a few of them.
	private final Map<String, String> repeated = new HashMap<>();
	private @Nullable FileChannel channel;
	private @Nullable Path file;

	private MailLog(Path directory) {
		this.directory = directory;
	}

	/** Opens the log and loads its index; a line that a killed process left half-written was never acknowledged. */
	static MailLog open(Path directory) {
		var log = new MailLog(directory);
		try {
			Files.createDirectories(directory);
			try (var files = Files.list(directory)) {
				for (Path file : files.filter(f -> f.getFileName().toString().matches("mails-[0-9-]+\\.jsonl")).sorted()
						.toList()) {
					log.load(file);
				}
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return log;
	}

	/** When this returns, the mail is the operating system's: it outlives a killed process. */
	synchronized Mail append(Instant receivedAt, String from, List<String> recipients, String subject,
			String messageId, byte[] source) {
		var mail = remember(entries.size() + 1L, receivedAt, from, recipients, subject, messageId);
		byte[] json = JSON.writeValueAsBytes(new Line(mail.id(), mail.receivedAt(), mail.from(), mail.recipients(),
				mail.subject(), mail.messageId(), new String(source, StandardCharsets.ISO_8859_1)));
		var line = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
		try {
			Path today = directory.resolve("mails-" + LocalDate.ofInstant(receivedAt, ZoneOffset.UTC) + ".jsonl");
			var out = channelTo(today);
			long offset = out.size();
			try {
				while (line.hasRemaining())
					out.write(line);
			} catch (IOException e) {
				out.truncate(offset); // half a line would spoil the next one
				throw e;
			}
			entries.add(new Entry(mail, today, offset, json.length));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
		return mail;
	}

	/** Newest first; {@code recipient} is a part of an address, ignoring case; the empty one means all. */
	synchronized List<Mail> find(String recipient, long afterId) {
		String wanted = recipient.strip().toLowerCase(Locale.ROOT);
		var found = new ArrayList<Mail>();
		for (int i = entries.size() - 1; i >= 0; i--) {
			Mail mail = entries.get(i).mail();
			if (mail.id() <= afterId) break;
			if (wanted.isEmpty()
					|| mail.recipients().stream().anyMatch(r -> r.toLowerCase(Locale.ROOT).contains(wanted))) {
				found.add(mail);
			}
		}
		return found;
	}

	/** Newest first: those to whose recipient or in whose subject the text stands, without regard to case; blank finds all. */
	synchronized List<Mail> search(String text) {
		String wanted = text.strip().toLowerCase(Locale.ROOT);
		var found = new ArrayList<Mail>();
		for (Entry entry : entries.reversed()) {
			Mail mail = entry.mail();
			if (Stream.concat(mail.recipients().stream(), Stream.of(mail.subject()))
					.anyMatch(it -> it.toLowerCase(Locale.ROOT).contains(wanted))) {
				found.add(mail);
			}
		}
		return found;
	}

	synchronized int size() {
		return entries.size();
	}

	/** The mail and its source, or null when there is none of that id. */
	@Nullable
	Line read(long id) {
		Entry entry;
		synchronized (this) {
			if (id < 1 || id > entries.size()) return null;
			entry = entries.get((int) id - 1);
		}
		try (var in = FileChannel.open(entry.file(), StandardOpenOption.READ)) {
			var bytes = ByteBuffer.allocate(entry.length());
			while (bytes.hasRemaining()) {
				if (in.read(bytes, entry.offset() + bytes.position()) < 0) {
					throw new IOException("The mail log is shorter than its index");
				}
			}
			return JSON.readValue(bytes.array(), Line.class);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Override
	public synchronized void close() {
		try {
			if (channel != null) channel.close();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private FileChannel channelTo(Path wanted) throws IOException {
		if (channel != null && wanted.equals(file)) return channel;
		close();
		file = wanted;
		channel = FileChannel.open(wanted, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.APPEND);
		return channel;
	}

	private void load(Path loaded) throws IOException {
		long complete = 0;
		try (var in = new BufferedInputStream(Files.newInputStream(loaded), 1 << 16)) {
			var line = new ByteArrayOutputStream(1 << 14);
			for (int b = in.read(); b >= 0; b = in.read()) {
				if (b != '\n') {
					line.write(b);
					continue;
				}
				Mail head = head(line.toByteArray());
				var mail = remember(entries.size() + 1L, head.receivedAt(), head.from(), head.recipients(),
						head.subject(), head.messageId());
				entries.add(new Entry(mail, loaded, complete, line.size()));
				complete += line.size() + 1L;
				line.reset();
			}
		}
		if (complete < Files.size(loaded)) {
			try (var out = FileChannel.open(loaded, StandardOpenOption.WRITE)) {
				out.truncate(complete);
			}
		}
	}

	/** Reads a line up to its source, which is nearly all of it. */
	private static Mail head(byte[] line) {
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
		return new Mail(0, receivedAt, from, recipients, subject, messageId);
	}

	private Mail remember(long id, Instant receivedAt, String from, List<String> recipients, String subject,
			String messageId) {
		return new Mail(id, receivedAt, shared(from), List.copyOf(recipients), shared(subject), messageId);
	}

	private String shared(String text) {
		if (repeated.size() > 1000) repeated.clear();
		return repeated.computeIfAbsent(text, t -> t);
	}
}
