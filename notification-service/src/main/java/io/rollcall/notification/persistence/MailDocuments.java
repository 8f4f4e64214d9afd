package io.rollcall.notification.persistence;

import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailKind;
import io.rollcall.notification.MailLedger.Entry;
import io.rollcall.notification.Outcome;
import io.rollcall.notification.Outcome.Failed;
import io.rollcall.notification.Outcome.Reason;
import io.rollcall.notification.Outcome.Sent;
import io.rollcall.notification.Site;

/** A mail as its document in {@code mails}. */
final class MailDocuments {
	static final String PENDING = "pending";
	private static final String SENT = "sent";
	private static final String FAILED = "failed";

	private MailDocuments() {}

	static Document of(Mail mail, String messageId) {
		Addressee to = mail.to();
		Site site = mail.site();
		var document = new Document("_id", mail.id()).append("cause", mail.cause()).append("kind", mail.kind().code())
				.append("site", site == null ? null : site.name()).append("account", mail.accountId().toString())
				.append("messageId", messageId)
				.append("to", new Document("username", to.username()).append("firstName", to.firstName())
						.append("lastName", to.lastName()).append("address", to.address()))
				.append("occurredAt", Date.from(mail.occurredAt())).append("expiresAt", Date.from(mail.expiresAt()))
				.append("traceparent", mail.traceparent()).append("status", PENDING);
		if (!mail.details().isEmpty()) document.append("details", new Document(Map.copyOf(mail.details())));
		if (mail.sealedSecret() != null) document.append("secret", mail.sealedSecret());
		return document;
	}

	static Document finished(Outcome outcome) {
		var values = new Document("finishedAt", Date.from(outcome.at()));
		switch (outcome) {
			case Sent _ -> values.append("status", SENT);
			case Failed failed -> values.append("status", FAILED).append("reason", failed.reason().code())
					.append("smtpStatus", failed.smtpStatus());
		}
		// To whom it went, its account knows; the ledger needs no names and addresses of mails that are done.
		return new Document("$set", values).append("$unset",
				new Document("secret", "").append("to", "").append("details", ""));
	}

	static Entry entry(Document document) {
		Document to = document.get("to", Document.class);
		Addressee addressee = to == null
				? Addressee.FORGOTTEN
				: new Addressee(to.getString("username"), to.getString("firstName"), to.getString("lastName"),
						to.getString("address"));
		String site = document.getString("site");
		var mail = new Mail(document.getString("cause"), MailKind.of(document.getString("kind")),
				site == null ? null : Site.valueOf(site), UUID.fromString(document.getString("account")),
				addressee, instant(document, "occurredAt"), instant(document, "expiresAt"),
				document.getString("secret"),
				details(document), document.getString("traceparent"));
		return new Entry(mail, outcome(document));
	}

	private static Map<String, String> details(Document document) {
		Document details = document.get("details", Document.class);
		return details == null
				? Map.of()
				: details.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> (String) e.getValue()));
	}

	static @Nullable Outcome outcome(Document document) {
		return switch (document.getString("status")) {
			case PENDING -> null;
			case SENT -> new Sent(instant(document, "finishedAt"));
			case FAILED -> new Failed(instant(document, "finishedAt"), Reason.of(document.getString("reason")),
					document.getInteger("smtpStatus"));
			default -> throw new IllegalStateException("unknown status of a mail");
		};
	}

	private static Instant instant(Document document, String field) {
		return document.getDate(field).toInstant();
	}
}
