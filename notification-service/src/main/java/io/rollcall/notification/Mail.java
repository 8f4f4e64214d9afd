package io.rollcall.notification;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/**
 * A mail that is to be sent. All of its text follows from these values, so that a second sending is the first one byte for
 * byte.
 *
 * @param cause id of the event that asked for it
 * @param site null where the mail concerns both sites
 * @param occurredAt when its cause happened; the mail's date
 * @param expiresAt when there is no use in it any more
 * @param sealedSecret what the mail reveals, encrypted; null where it reveals nothing, and once it is sent
 * @param details what else it tells, by the names that its template uses
 * @param traceparent the trace of its cause
 */
public record Mail(String cause, MailKind kind, @Nullable Site site, UUID accountId, Addressee to, Instant occurredAt,
		Instant expiresAt, @Nullable String sealedSecret, Map<String, String> details, @Nullable String traceparent) {
	public Mail {
		details = Map.copyOf(details);
		requireNonNull(cause);
		requireNonNull(accountId);
		occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS); // as precise as the ledger
		expiresAt = expiresAt.truncatedTo(ChronoUnit.MILLIS);
	}

	/** The cause, the kind and the site: the same event asks for the same mail however often it comes. */
	public String id() {
		return cause + "/" + kind.code() + (site == null ? "" : "/" + site.name());
	}

	public boolean isExpired(Instant now) {
		return !now.isBefore(expiresAt);
	}

	/** Never the addressee, who would end in a log. */
	@Override
	public String toString() {
		return "Mail[" + id() + "]";
	}
}
