package io.rollcall.notification.persistence;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;

import io.rollcall.notification.Mail;
import io.rollcall.notification.Mailing;

/**
 * A mailing that is not closed, as it is stored.
 *
 * @param mails their ids, in the order in which they are sent
 * @param attempts how often its next mail was put off; absent when it never was
 * @param dueAt when that is to be tried again
 * @param notBefore when it may be claimed, of one that is held back or was given back
 */
@Document("mailings")
record MailingDocument(@MongoId String cause, String account, Instant occurredAt, List<String> mails, String owner,
		@Nullable Integer attempts, @Nullable Instant dueAt, @Nullable Instant notBefore) {
	/** The owner of what nobody has taken yet. */
	static final String NOBODY = "";

	static MailingDocument of(Mailing mailing, @Nullable String owner) {
		return new MailingDocument(mailing.cause(), mailing.accountId().toString(), mailing.occurredAt(),
				mailing.mails().stream().map(Mail::id).toList(),
				owner == null || mailing.notBefore() != null ? NOBODY : owner, null, null,
				mailing.notBefore());
	}
}
