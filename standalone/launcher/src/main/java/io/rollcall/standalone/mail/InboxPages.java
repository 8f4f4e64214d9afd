package io.rollcall.standalone.mail;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inbox's HTML. Everything that came with a mail is escaped here. */
final class InboxPages {
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, MMMM d, yyyy", Locale.US);
	private static final Map<String, String> VIEWS = Map.of("html", "HTML", "text", "Text", "source", "Source");
	private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"']+");

	private static final String STYLE = """
			:root { color-scheme: light dark; --line: #8886; background: Canvas; color: CanvasText }
			* { box-sizing: border-box }
			body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; min-height: 100vh; padding: 1rem; display: flex; flex-direction: column }
			main { flex: 1; display: flex; flex-direction: column }
			h1 { font-size: 1.25rem; margin: 0 0 .5rem } h1 a { color: inherit; text-decoration: none }
			h2 { font-size: 1.1rem; margin: 1rem 0 .25rem; overflow-wrap: anywhere }
			form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: .5rem 0 1rem }
			label { display: grid; flex: 1 1 12rem; max-width: 32rem } input { font: inherit; width: 100%; padding: .3rem .5rem }
			button { font: inherit; padding: .3rem .9rem }
			.mails { list-style: none; margin: 0; padding: 0 }
			.mails li { display: grid; grid-template-columns: 5.5rem 3fr 2fr; gap: 0 1rem; padding: .4rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere }
			.mails time { font-variant-numeric: tabular-nums }
			dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0 } dt { font-weight: 600 }
			dd { margin: 0; overflow-wrap: anywhere }
			pre { border: 1px solid var(--line); margin: 0; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere }
			iframe { background: #fff; border: 1px solid var(--line); flex: 1; min-height: max(36rem, 70vh); width: 100% }
			nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .5rem 0 }
			nav.tabs { gap: 0; border-bottom: 1px solid var(--line); margin-bottom: 1rem }
			nav.tabs a { padding: .4rem 1rem; text-decoration: none; border-bottom: 3px solid transparent }
			nav.tabs a[aria-current] { font-weight: 700; border-color: currentColor }
			@media (max-width: 40rem) {
				.mails li { grid-template-columns: 1fr } .mails .subject { order: -1 }
				dl { grid-template-columns: 1fr } dd { margin-bottom: .25rem }
			}
			""";

	/**
	 * Where somebody is in the list, which their way through the mails keeps.
	 *
	 * @param search a piece of a recipient or subject; blank for all
	 */
	record Place(String search, int page) {
		String query() {
			return "page=" + page + "&amp;search=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
		}

		Place at(int page) {
			return new Place(search, page);
		}
	}

	private InboxPages() {}

	static String list(Inbox.MailPage mails, Place place) {
		String search = place.search().strip();
		var body = new StringBuilder("""
				<form action="/" method="get" role="search">
				<label>Recipient or subject<input type="search" name="search" value="%s"></label>
				<button>Search</button></form>
				""".formatted(escape(place.search())));
		body.append("<p>").append(mails.totalItems()).append(mails.totalItems() == 1 ? " mail" : " mails")
				.append(search.isEmpty() ? "" : " with “" + escape(search) + "”").append(", newest first</p>\n");
		LocalDate day = null;
		for (Mail mail : mails.items()) {
			LocalDate received = mail.receivedAt().atZone(ZoneId.systemDefault()).toLocalDate();
			if (!received.equals(day)) {
				body.append(day == null ? "" : "</ul>\n").append("<h2>").append(DAY.format(received))
						.append("</h2>\n<ul class=\"mails\">\n");
				day = received;
			}
			body.append("<li><time>").append(time(mail.receivedAt()))
					.append("</time><a class=\"subject\" href=\"/mails/").append(mail.id()).append("?")
					.append(place.query()).append("\">").append(subject(mail.subject())).append("</a><span>")
					.append(escape(String.join(", ", mail.recipients()))).append("</span></li>\n");
		}
		body.append(day == null ? "" : "</ul>\n").append("<nav aria-label=\"Pages\">");
		if (mails.page() > 0) body.append(pageLink("Newer", place.at(mails.page() - 1)));
		if (mails.totalPages() > 1) {
			body.append("<span>Page ").append(mails.page() + 1).append(" of ").append(mails.totalPages())
					.append("</span>");
		}
		if (mails.page() + 1 < mails.totalPages()) body.append(pageLink("Older", place.at(mails.page() + 1)));
		return html("Inbox", body.append("</nav>").toString());
	}

	/** @param view {@code html}, {@code text} or {@code source}; any other is the first of them that the mail has */
	static String mail(Inbox.OpenedMail mail, String view, Place place) {
		List<String> views = new ArrayList<>();
		if (!mail.html().isEmpty()) views.add("html");
		if (!mail.text().isEmpty() || mail.html().isEmpty()) views.add("text");
		views.add("source");
		String shown = views.contains(view) ? view : views.getFirst();
		var body = new StringBuilder("""
				<nav><a href="/?%s">%s</a></nav>
				<h2>%s</h2>
				<dl><dt>To<dd>%s<dt>From<dd>%s<dt>Received<dd>%s, %s<dt>Message-ID<dd>%s</dl>
				<nav class="tabs" aria-label="Views of the mail">""".formatted(place.query(),
				place.search().isBlank() ? "All mails" : "Mails with “" + escape(place.search().strip()) + "”",
				subject(mail.subject()), escape(String.join(", ", mail.recipients())), escape(mail.from()),
				DAY.format(mail.receivedAt().atZone(ZoneId.systemDefault())), time(mail.receivedAt()),
				escape(mail.messageId())));
		for (String each : views) {
			body.append("<a href=\"/mails/").append(mail.id()).append("?view=").append(each).append("&amp;")
					.append(place.query()).append('"').append(each.equals(shown) ? " aria-current=\"page\"" : "")
					.append('>').append(VIEWS.get(each)).append("</a>");
		}
		body.append("</nav>\n");
		switch (shown) {
			case "html" -> body.append(
					"<iframe sandbox=\"allow-popups allow-popups-to-escape-sandbox\" title=\"The mail as HTML\" src=\"/mails/")
					.append(mail.id()).append("/html\"></iframe>\n");
			case "text" -> body.append("<pre>").append(withLinks(mail.text())).append("</pre>\n");
			default -> body.append("<p><a href=\"/mails/").append(mail.id())
					.append("/source\">The source alone</a></p><pre>").append(escape(mail.source())).append("</pre>\n");
		}
		return html(mail.subject(), body.toString());
	}

	private static String subject(String subject) {
		return subject.isBlank() ? "(no subject)" : escape(subject);
	}

	static String message(String text) {
		return html("Inbox", "<p>" + escape(text) + "</p><p><a href=\"/\">All mails</a></p>");
	}

	private static String html(String title, String body) {
		return """
				<!doctype html>
				<html lang="en"><head><meta charset="utf-8"><title>%s</title>
				<meta name="viewport" content="width=device-width, initial-scale=1"><style>%s</style></head>
				<body><header><h1><a href="/">Rollcall: inbox of this machine</a></h1></header><main>
				%s</main></body></html>
				""".formatted(escape(title), STYLE, body);
	}

	private static String pageLink(String text, Place place) {
		return "<a href=\"/?" + place.query() + "\">" + text + "</a>";
	}

	private static String withLinks(String text) {
		var html = new StringBuilder();
		Matcher link = LINK.matcher(text);
		int end = 0;
		while (link.find()) {
			String address = link.group().replaceFirst("[.,;:!?)\\]]+$", "");
			html.append(escape(text.substring(end, link.start())));
			html.append("<a rel=\"noreferrer\" href=\"").append(escape(address)).append("\">").append(escape(address))
					.append("</a>");
			end = link.start() + address.length();
		}
		return html.append(escape(text.substring(end))).toString();
	}

	private static String time(Instant instant) {
		return TIME.format(instant.atZone(ZoneId.systemDefault()));
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'",
				"&#39;");
	}
}
