package io.rollcall.standalone.mail;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The inbox's HTML. Everything that came with a mail is escaped here. */
final class InboxPages {
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
	private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"']+");

	private static final String STYLE = """
			:root { color-scheme: light dark }
			body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem }
			h1 { font-size: 1.4rem } h1 a { color: inherit; text-decoration: none }
			form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: 1rem 0 }
			label { display: grid } input { font: inherit; min-width: 20rem; padding: .3rem .5rem }
			button { font: inherit; padding: .3rem .9rem }
			table { border-collapse: collapse; width: 100% }
			th, td { border-bottom: 1px solid #8886; padding: .4rem .6rem; text-align: left; overflow-wrap: anywhere }
			td.time { white-space: nowrap }
			dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem } dt { font-weight: 600 }
			dd { margin: 0; overflow-wrap: anywhere }
			pre { border: 1px solid #8886; padding: 1rem; white-space: pre-wrap; overflow-wrap: anywhere }
			iframe { background: #fff; border: 1px solid #8886; height: 24rem; width: 100% }
			nav { display: flex; gap: 1rem; margin: 1rem 0 }
			""";

	private InboxPages() {}

	static String list(Inbox.MailPage mails, String recipient) {
		var body = new StringBuilder("""
				<form action="/" method="get" role="search">
				<label>Recipient<input type="search" name="recipient" value="%s"></label>
				<button>Search</button></form>
				""".formatted(escape(recipient)));
		body.append("<p>").append(mails.totalItems()).append(mails.totalItems() == 1 ? " mail" : " mails")
				.append(recipient.isBlank() ? "" : " to “" + escape(recipient.strip()) + "”").append(", newest first")
				.append("</p>\n<table><thead><tr><th scope=\"col\">Received<th scope=\"col\">To")
				.append("<th scope=\"col\">Subject</tr></thead><tbody>\n");
		for (Mail mail : mails.items()) {
			body.append("<tr><td class=\"time\">").append(time(mail.receivedAt())).append("<td>")
					.append(escape(String.join(", ", mail.recipients()))).append("<td><a href=\"/mails/")
					.append(mail.id()).append("\">")
					.append(mail.subject().isBlank() ? "(no subject)" : escape(mail.subject())).append("</a></tr>\n");
		}
		body.append("</tbody></table>\n<nav aria-label=\"Pages\">");
		if (mails.page() > 0) body.append(pageLink("Newer", mails.page() - 1, recipient));
		if (mails.totalPages() > 1) {
			body.append("<span>Page ").append(mails.page() + 1).append(" of ").append(mails.totalPages())
					.append("</span>");
		}
		if (mails.page() + 1 < mails.totalPages()) body.append(pageLink("Older", mails.page() + 1, recipient));
		return html("Inbox", body.append("</nav>").toString());
	}

	static String mail(Inbox.OpenedMail mail) {
		var body = new StringBuilder("""
				<nav><a href="/">All mails</a> <a href="/mails/%d/source">Source</a></nav>
				<h2>%s</h2>
				<dl><dt>To<dd>%s<dt>From<dd>%s<dt>Received<dd>%s<dt>Message-ID<dd>%s</dl>
				""".formatted(mail.id(), mail.subject().isBlank() ? "(no subject)" : escape(mail.subject()),
				escape(String.join(", ", mail.recipients())), escape(mail.from()), time(mail.receivedAt()),
				escape(mail.messageId())));
		if (!mail.text().isEmpty() || mail.html().isEmpty()) {
			body.append("<pre>").append(withLinks(mail.text())).append("</pre>\n");
		}
		if (!mail.html().isEmpty()) {
			body.append("<iframe sandbox=\"allow-popups allow-popups-to-escape-sandbox\" title=\"The mail as HTML\""
					+ " src=\"/mails/").append(mail.id()).append("/html\"></iframe>\n");
		}
		return html(mail.subject(), body.toString());
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

	private static String pageLink(String text, int page, String recipient) {
		return "<a href=\"/?page=" + page + "&amp;recipient=" + URLEncoder.encode(recipient, StandardCharsets.UTF_8)
				+ "\">" + text + "</a>";
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
