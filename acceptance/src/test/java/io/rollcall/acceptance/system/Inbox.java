package io.rollcall.acceptance.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The local inbox, by its programs' side. */
public final class Inbox {
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final int PAGE = 1000;
	private static final Pattern PASSWORD = Pattern.compile("(?m)^Password: (\\S+)\\s*$");

	/** A mail as it was received. */
	public record Mail(long id, String recipient, String subject, String messageId, String text, String source) {
		/** The generated password in it, or null where it has none. */
		public @Nullable String password() {
			var password = PASSWORD.matcher(text);
			return password.find() ? password.group(1) : null;
		}

		/** For a failure: what the mail says would bury it. */
		@Override
		public String toString() {
			return "mail " + id + " to " + recipient + ": " + subject + " " + messageId;
		}
	}

	private final URI address;
	private final Map<Long, Mail> opened = new ConcurrentHashMap<>();
	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	public Inbox(URI address) {
		this.address = address;
	}

	/** Where people look into it. */
	public URI address() {
		return address;
	}

	/** A mail as the list has it. */
	public record Line(String recipient, String messageId) {}

	/** Of the mails that came after this one, what the list says. */
	public List<Line> linesAfter(long id) {
		var lines = new ArrayList<Line>();
		for (int page = 0, pages = 1; page < pages; page++) {
			JsonNode list = get("api/mails?after=" + id + "&size=" + PAGE + "&page=" + page);
			pages = list.path("totalPages").asInt();
			list.path("items").forEach(mail -> lines
					.add(new Line(mail.path("recipients").path(0).asString(), mail.path("messageId").asString())));
		}
		return lines;
	}

	/** How many mails there are. */
	public int count() {
		return get("api/mails/count").path("count").asInt();
	}

	/** The id of the newest mail; ids count up from 1. */
	public long newest() {
		JsonNode newest = get("api/mails?size=1").path("items").path(0);
		return newest.path("id").asLong(0);
	}

	/** How many mails came after this one. */
	public int countAfter(long id) {
		return get("api/mails/count?after=" + id).path("count").asInt();
	}

	/** Mails to this address, oldest first. */
	public List<Mail> to(String recipient) {
		return read("recipient=" + URLEncoder.encode(recipient, StandardCharsets.UTF_8)).stream()
				.filter(mail -> mail.recipient().equalsIgnoreCase(recipient)).toList();
	}

	/** Waits for the newest generated password that was mailed to this address for the site of this name. */
	public String awaitPassword(String recipient, String siteName) {
		String subject = "Your password for the " + siteName;
		return Await.until("a password for " + siteName + " to " + recipient, () -> to(recipient).reversed().stream()
				.filter(mail -> mail.subject().equals(subject)).map(Mail::password).findFirst().orElse(null));
	}

	/** Mails that came after this one, oldest first. */
	public List<Mail> after(long id) {
		return read("after=" + id);
	}

	private List<Mail> read(String query) {
		var ids = new ArrayList<Long>();
		for (int page = 0, pages = 1; page < pages; page++) {
			JsonNode list = get("api/mails?" + query + "&size=" + PAGE + "&page=" + page);
			pages = list.path("totalPages").asInt();
			list.path("items").forEach(mail -> ids.add(mail.path("id").asLong()));
		}
		try (var threads = Executors.newFixedThreadPool(4)) {
			var mails = new ArrayList<Mail>();
			for (Future<Mail> mail : threads
					.invokeAll(ids.stream().map(id -> (Callable<Mail>) () -> open(id)).toList())) {
				mails.add(mail.get());
			}
			mails.sort(Comparator.comparingLong(Mail::id));
			return mails;
		} catch (ExecutionException e) {
			throw new IllegalStateException(e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}

	/** Mails never change. */
	private Mail open(long id) {
		return opened.computeIfAbsent(id, this::fetch);
	}

	private Mail fetch(long id) {
		JsonNode mail = get("api/mails/" + id);
		return new Mail(id, mail.path("recipients").path(0).asString(), mail.path("subject").asString(),
				mail.path("messageId").asString(), mail.path("text").asString(), mail.path("source").asString());
	}

	private JsonNode get(String path) {
		try {
			var answer = http.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofByteArray());
			if (answer.statusCode() != 200) {
				throw new AssertionError("Inbox " + path + ": " + answer.statusCode());
			}
			return JSON.readTree(answer.body());
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}
}
