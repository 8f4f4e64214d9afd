package io.rollcall.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Facts about yearly confirmations, published on {@code confirmation-events}. Those about a confirmation are keyed by its id, those
 * about one account by the account's: what was decided about somebody has an order, and a whole state does not share one partition.
 */
@JsonTypeInfo(use = Id.NAME, property = "type", defaultImpl = ConfirmationEvent.Unrecognized.class)
@JsonSubTypes({@JsonSubTypes.Type(ConfirmationEvent.ConfirmationOpened.class),
		@JsonSubTypes.Type(ConfirmationEvent.ConfirmationChanged.class),
		@JsonSubTypes.Type(ConfirmationEvent.ConfirmationClosed.class),
		@JsonSubTypes.Type(ConfirmationEvent.SchoolsHandedOver.class),
		@JsonSubTypes.Type(ConfirmationEvent.AccountConfirmed.class),
		@JsonSubTypes.Type(ConfirmationEvent.ReminderDue.class)})
public sealed interface ConfirmationEvent {
	/** About a confirmation as a whole. */
	sealed interface OfConfirmation extends ConfirmationEvent {
		String eventId();

		Instant occurredAt();

		UUID confirmationId();

		/** The confirmation's version after the change; grows by one a change. */
		long version();
	}

	/** About one account in a confirmation. */
	sealed interface OfAccount extends ConfirmationEvent {
		String eventId();

		Instant occurredAt();

		UUID confirmationId();

		UUID accountId();
	}

	/** The accounts of these districts are to be confirmed, or of the whole state. */
	@JsonTypeName("ConfirmationOpened")
	record ConfirmationOpened(String eventId, Instant occurredAt, UUID confirmationId, long version,
			UserEvent.Origin origin, Confirmation confirmation) implements OfConfirmation {}

	/** It has another deadline, or other reminders. */
	@JsonTypeName("ConfirmationChanged")
	record ConfirmationChanged(String eventId, Instant occurredAt, UUID confirmationId, long version,
			UserEvent.Origin origin, Confirmation confirmation) implements OfConfirmation {}

	/** Nothing is decided in it any more. */
	@JsonTypeName("ConfirmationClosed")
	record ConfirmationClosed(String eventId, Instant occurredAt, UUID confirmationId, long version,
			UserEvent.Origin origin, Confirmation confirmation) implements OfConfirmation {}

	/** Schools were given to a coordinator of theirs, or taken back. */
	@JsonTypeName("SchoolsHandedOver")
	record SchoolsHandedOver(String eventId, Instant occurredAt, UUID confirmationId, long version,
			UserEvent.Origin origin, List<HandOver> handOvers) implements OfConfirmation {}

	/**
	 * Somebody said of an account whether the person is still there.
	 *
	 * @param version of the decision: from the second on, it is another one than before
	 * @param confirmation the name of the confirmation
	 * @param decision {@code stays}, {@code left} or {@code wrong}, which is a role or school that is not right
	 * @param before the decision that this one replaces
	 * @param accountVersion of the account when it was decided
	 */
	@JsonTypeName("AccountConfirmed")
	record AccountConfirmed(String eventId, Instant occurredAt, UUID confirmationId, UUID accountId, long version,
			UserEvent.Origin origin, String confirmation, String decision, @Nullable String before,
			long accountVersion) implements OfAccount {}

	/**
	 * A coordinator has accounts to decide, and this is a day on which she is told so.
	 *
	 * @param accountId the coordinator; who that is and how to reach her stands in {@code user-events}
	 * @param confirmation the name of the confirmation
	 * @param deadline the last day on which she can decide
	 * @param open how many accounts nobody has decided of
	 */
	@JsonTypeName("ReminderDue")
	record ReminderDue(String eventId, Instant occurredAt, UUID confirmationId, UUID accountId, String confirmation,
			LocalDate day, LocalDate deadline, int open) implements OfAccount {}

	/** What a reader older than the writer sees. */
	record Unrecognized() implements ConfirmationEvent, OfUnknownType {}

	/**
	 * A confirmation as it stands after a change.
	 *
	 * @param districts codes; empty for the whole state
	 * @param deadline the last day on which coordinators decide
	 * @param reminders the days on which they are reminded
	 */
	record Confirmation(String name, List<String> districts, LocalDate deadline, List<LocalDate> reminders) {}

	/** @param accountId the coordinator who has the school now; absent when it was taken back */
	record HandOver(String school, @Nullable UUID accountId) {}
}
