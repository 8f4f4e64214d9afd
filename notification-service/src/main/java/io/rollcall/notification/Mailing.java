package io.rollcall.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * All mails that one event asks for, in the order in which they are sent.
 *
 * @param mails of one account; at least one
 * @param notBefore when the first of them may go; null for at once
 */
public record Mailing(List<Mail> mails, @Nullable Instant notBefore) {
	public Mailing {
		if (mails.isEmpty()) throw new IllegalArgumentException("a mailing without a mail");
		mails = List.copyOf(mails);
	}

	public Mailing(List<Mail> mails) {
		this(mails, null);
	}

	public String cause() {
		return mails.getFirst().cause();
	}

	public UUID accountId() {
		return mails.getFirst().accountId();
	}

	public Instant occurredAt() {
		return mails.getFirst().occurredAt();
	}
}
