package io.rollcall.notification.persistence;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.mongodb.BasicDBObject;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.Field;
import org.springframework.data.mongodb.core.mapping.MongoId;

import io.rollcall.notification.Addressee;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailKind;
import io.rollcall.notification.MailLedger.Entry;
import io.rollcall.notification.Outcome;
import io.rollcall.notification.Outcome.Failed;
import io.rollcall.notification.Outcome.Reason;
import io.rollcall.notification.Outcome.Sent;
import io.rollcall.notification.Site;

import static org.springframework.data.mongodb.core.mapping.Field.Write.ALWAYS;

/**
 * A mail as it is stored. To whom it goes, what it reveals and what else it tells are gone once it is done; when that was and how it
 * ended stand there since.
 *
 * @param kind by its code
 * @param reason by its code
 */
@Document("mails")
record MailDocument(@MongoId String id, String cause, String kind, @Field(write = ALWAYS) @Nullable Site site,
		String account, String messageId, @Nullable AddresseePart to, Instant occurredAt, Instant expiresAt,
		@Field(write = ALWAYS) @Nullable String traceparent, String status, @Nullable Map<String, String> details,
		@Nullable String secret, @Nullable Instant finishedAt, @Nullable String reason,
		@Nullable Integer smtpStatus) {
	static final String PENDING = "pending";
	private static final String SENT = "sent";
	private static final String FAILED = "failed";

	record AddresseePart(String username, String firstName, String lastName, String address) {}

	static MailDocument of(Mail mail, String messageId) {
		Addressee to = mail.to();
		return new MailDocument(mail.id(), mail.cause(), mail.kind().code(), mail.site(), mail.accountId().toString(),
				messageId, new AddresseePart(to.username(), to.firstName(), to.lastName(), to.address()),
				mail.occurredAt(), mail.expiresAt(), mail.traceparent(), PENDING,
				mail.details().isEmpty() ? null : mail.details(), mail.sealedSecret(), null, null, null);
	}

	/** What is written of the end of a mail, by the driver. */
	static Bson finished(Outcome outcome) {
		var set = new BasicDBObject("finishedAt", outcome.at());
		switch (outcome) {
			case Sent _ -> set.append("status", SENT);
			case Failed failed -> set.append("status", FAILED).append("reason", failed.reason().code())
					.append("smtpStatus", failed.smtpStatus());
		}
		// The account knows where it went; the ledger needs no names and addresses of mails that are done.
		return new BasicDBObject("$set", set).append("$unset",
				new BasicDBObject("secret", "").append("to", "").append("details", ""));
	}

	Entry entry() {
		Addressee addressee = to == null
				? Addressee.FORGOTTEN
				: new Addressee(to.username, to.firstName, to.lastName, to.address);
		var mail = new Mail(cause, MailKind.of(kind), site, UUID.fromString(account), addressee, occurredAt, expiresAt,
				secret, details == null ? Map.of() : details, traceparent);
		return new Entry(mail, outcome());
	}

	@Nullable
	Outcome outcome() {
		if (status.equals(PENDING)) return null;
		if (finishedAt != null && status.equals(SENT)) return new Sent(finishedAt);
		if (finishedAt != null && reason != null && status.equals(FAILED))
			return new Failed(finishedAt, Reason.of(reason), smtpStatus);
		throw new IllegalStateException("unknown status of a mail");
	}
}
