package io.rollcall.standalone.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** The inbox over HTTP: pages for people, {@code /api/mails} for programs. It only reads. */
final class Inbox implements AutoCloseable {
	private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
	private static final JsonMapper JSON = JsonMapper.builder().build();
	private static final Set<String> OWN_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
	private static final Pattern API_MAIL = Pattern.compile("/api/mails/(\\d{1,9})");
	private static final Pattern MAIL = Pattern.compile("/mails/(\\d{1,9})(/html|/source)?");
	private static final int DEFAULT_SIZE = 50;
	private static final int LARGEST_SIZE = 1000;

	/** A page of the list, in the shape of every list of the system. */
	record MailPage(List<Mail> items, int page, int size, int totalItems, int totalPages) {}

	record OpenedMail(long id, Instant receivedAt, String from, List<String> recipients, String subject,
			String messageId, String text, String html, String source) {}

	record Count(int count) {}

	private record Answer(int status, String type, byte[] body, String policy) {
		static Answer page(int status, String html) {
			return new Answer(status, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8),
					"default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; form-action 'self'; base-uri 'none'");
		}

		static Answer json(int status, Object value) {
			return new Answer(status, "application/json", JSON.writeValueAsBytes(value), "default-src 'none'");
		}

		/** A mail's own HTML: no scripts, no forms, nothing fetched from anywhere; its links open a new window. */
		static Answer foreign(String html) {
			return new Answer(200, "text/html; charset=utf-8",
					("<base target=\"_blank\">" + html).getBytes(StandardCharsets.UTF_8),
					"sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
							+ "style-src 'unsafe-inline'; img-src data:");
		}
	}

	private final HttpServer server;
	private final ExecutorService threads;
	private final MailLog log;

	private Inbox(HttpServer server, MailLog log) {
		this.server = server;
		this.log = log;
		this.threads = Executors.newVirtualThreadPerTaskExecutor();
		server.setExecutor(threads);
		server.createContext("/", this::handle);
	}

	static Inbox start(int port, MailLog log) throws IOException {
		// It writes an answer in two pieces, and without this the second waits 40 ms for the first's acknowledgement.
		System.setProperty("sun.net.httpserver.nodelay", "true");
		var address = new InetSocketAddress(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}), port);
		var inbox = new Inbox(HttpServer.create(address, 50), log);
		inbox.server.start();
		return inbox;
	}

	URI address() {
		return URI.create("http://localhost:" + server.getAddress().getPort() + "/");
	}

	@Override
	public void close() {
		server.stop(0);
		threads.close();
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			Answer answer;
			try {
				answer = answer(exchange);
			} catch (IllegalArgumentException _) {
				answer = Answer.page(400, InboxPages.message("This address is not valid."));
			} catch (RuntimeException e) {
				LOG.error("The inbox cannot answer", e);
				answer = Answer.page(500, InboxPages.message("The inbox cannot answer; see the mail server's log."));
			}
			var headers = exchange.getResponseHeaders();
			headers.set("Content-Type", answer.type());
			headers.set("Content-Security-Policy", answer.policy());
			headers.set("X-Content-Type-Options", "nosniff");
			headers.set("Referrer-Policy", "no-referrer");
			headers.set("Cache-Control", "no-store");
			boolean head = exchange.getRequestMethod().equals("HEAD");
			exchange.sendResponseHeaders(answer.status(),
					head || answer.body().length == 0 ? -1 : answer.body().length);
			if (!head && answer.body().length > 0) exchange.getResponseBody().write(answer.body());
		}
	}

	private Answer answer(HttpExchange exchange) {
		if (!isForUs(exchange.getRequestHeaders().getFirst("Host"))) {
			return Answer.page(403, InboxPages.message("This inbox is for this machine alone."));
		}
		if (!Set.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
			return Answer.page(405, InboxPages.message("The inbox can only be read."));
		}
		var query = query(exchange.getRequestURI());
		String recipient = query.getOrDefault("recipient", "");
		String path = exchange.getRequestURI().getPath();
		switch (path) {
			case "/" -> {
				var found = log.search(place(query).search(), place(query).page(), DEFAULT_SIZE);
				return Answer.page(200,
						InboxPages.list(part(found, place(query).page(), DEFAULT_SIZE), place(query)));
			}
			case "/api/mails" -> {
				return Answer.json(200, page(query));
			}
			case "/api/mails/count" -> {
				long after = Long.parseLong(query.getOrDefault("after", "0"));
				// Ids count up from 1, so nobody has to be held up by a search for how many came since.
				int count = recipient.isBlank()
						? (int) Math.clamp(log.size() - after, 0, log.size())
						: log.find(recipient, after).size();
				return Answer.json(200, new Count(count));
			}
			default -> {
			}
		}
		var apiMail = API_MAIL.matcher(path);
		if (apiMail.matches()) {
			var mail = open(Long.parseLong(apiMail.group(1)));
			return mail == null
					? Answer.json(404, Map.of("title", "Not found", "status", 404))
					: Answer.json(200, mail);
		}
		var mailPath = MAIL.matcher(path);
		var mail = mailPath.matches() ? open(Long.parseLong(mailPath.group(1))) : null;
		if (mail == null) return Answer.page(404, InboxPages.message("There is no such mail."));
		return switch (mailPath.group(2)) {
			case null -> Answer.page(200, InboxPages.mail(mail, query.getOrDefault("view", ""), place(query)));
			case "/html" -> Answer.foreign(mail.html());
			default -> new Answer(200, "text/plain; charset=utf-8",
					mail.source().getBytes(StandardCharsets.ISO_8859_1), "default-src 'none'; sandbox");
		};
	}

	/** A page elsewhere whose name resolves to this machine must not read passwords here (DNS rebinding). */
	private static boolean isForUs(@Nullable String host) {
		return host != null && OWN_NAMES.contains(host.replaceFirst(":\\d+$", ""));
	}

	private MailPage page(Map<String, String> query) {
		int page = Math.max(0, Integer.parseInt(query.getOrDefault("page", "0")));
		int size = Math.clamp(Integer.parseInt(query.getOrDefault("size", "" + DEFAULT_SIZE)), 1, LARGEST_SIZE);
		List<Mail> found = log.find(query.getOrDefault("recipient", ""),
				Long.parseLong(query.getOrDefault("after", "0")));
		int from = (int) Math.min(found.size(), (long) page * size);
		return part(new MailLog.Found(found.subList(from, Math.min(found.size(), from + size)), found.size()), page,
				size);
	}

	/** Where somebody is in the list. An address that names a recipient is one of before. */
	private static InboxPages.Place place(Map<String, String> query) {
		return new InboxPages.Place(query.getOrDefault("search", query.getOrDefault("recipient", "")),
				Math.max(0, Integer.parseInt(query.getOrDefault("page", "0"))));
	}

	private static MailPage part(MailLog.Found found, int page, int size) {
		return new MailPage(found.mails(), page, size, found.total(), (found.total() + size - 1) / size);
	}

	private @Nullable OpenedMail open(long id) {
		var line = log.read(id);
		if (line == null) return null;
		Content content;
		try {
			content = Content.of(new MimeMessage(Session.getInstance(new Properties()),
					new ByteArrayInputStream(line.source().getBytes(StandardCharsets.ISO_8859_1))));
		} catch (MessagingException _) {
			content = new Content("", "");
		}
		return new OpenedMail(line.id(), line.receivedAt(), line.from(), line.recipients(), line.subject(),
				line.messageId(), content.text(), content.html(), line.source());
	}

	private static Map<String, String> query(URI address) {
		var query = new HashMap<String, String>();
		if (address.getRawQuery() != null) {
			for (String pair : address.getRawQuery().split("&")) {
				int equals = pair.indexOf('=');
				if (equals > 0) {
					query.put(pair.substring(0, equals),
							URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
				}
			}
		}
		return query;
	}
}
