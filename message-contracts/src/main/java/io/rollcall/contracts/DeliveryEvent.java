package io.rollcall.contracts;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What became of a mail, published on {@code delivery-events}, keyed by account id: of each mail one of these, possibly more
 * than once and then the same. A mail that was asked for and of which nothing stands here yet is queued.
 */
@JsonTypeInfo(use = Id.NAME, property = "type", defaultImpl = DeliveryEvent.Unrecognized.class)
@JsonSubTypes({@JsonSubTypes.Type(DeliveryEvent.EmailSent.class), @JsonSubTypes.Type(DeliveryEvent.EmailFailed.class)})
public sealed interface DeliveryEvent {
	/** What this build understands: everything but {@link Unrecognized}. */
	sealed interface OfMail extends DeliveryEvent {
		String eventId();

		Instant occurredAt();

		UUID accountId();

		/** The event that asked for the mail. */
		String causeId();

		/** The mail's Message-ID (RFC 5322 3.6.4), derived from the cause, the kind and the site. */
		String messageId();

		/** Which mail, as {@code username}, {@code password}, {@code deactivated}. */
		String kind();

		/** {@code PORTAL} or {@code TRAINING}; absent for mails that concern both. */
		@Nullable
		String site();
	}

	/** The mail server took it over (a 250 after the final dot). */
	@JsonTypeName("EmailSent")
	record EmailSent(String eventId, Instant occurredAt, UUID accountId, String causeId, String messageId, String kind,
			@Nullable String site) implements OfMail {}

	/**
	 * It will not be sent any more.
	 *
	 * @param reason a stable code without personal data: {@code rejected} by the mail server for good, {@code expired}
	 *            before it could be sent, {@code invalid-address}, {@code unreadable-secret}, {@code superseded} when the
	 *            account was deactivated or had another address before it could be sent
	 * @param smtpStatus the reply code of the mail server, where there was one
	 */
	@JsonTypeName("EmailFailed")
	record EmailFailed(String eventId, Instant occurredAt, UUID accountId, String causeId, String messageId,
			String kind,
			@Nullable String site, String reason, @Nullable Integer smtpStatus) implements OfMail {}

	/** What a reader older than the writer sees. */
	record Unrecognized() implements DeliveryEvent, OfUnknownType {}
}
