package io.rollcall.contracts;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** Facts about accounts, published on {@code user-events}, keyed by account id. Never a secret. */
@JsonTypeInfo(use = Id.NAME, property = "type", defaultImpl = UserEvent.Unrecognized.class)
@JsonSubTypes({@JsonSubTypes.Type(UserEvent.UserCreated.class), @JsonSubTypes.Type(UserEvent.UserUpdated.class),
		@JsonSubTypes.Type(UserEvent.UserDeactivated.class), @JsonSubTypes.Type(UserEvent.UserReactivated.class),
		@JsonSubTypes.Type(UserEvent.PasswordChanged.class), @JsonSubTypes.Type(UserEvent.EmailChanged.class),
		@JsonSubTypes.Type(UserEvent.CredentialsRenewed.class),
		@JsonSubTypes.Type(UserEvent.ApiClientMade.class), @JsonSubTypes.Type(UserEvent.ApiClientsRevoked.class)})
public sealed interface UserEvent {
	/** What this build understands: everything but {@link Unrecognized}. */
	sealed interface OfAccount extends UserEvent {
		String eventId();

		Instant occurredAt();

		UUID accountId();

		/** The account's version after the change; grows by one a change. */
		long version();

		Origin origin();
	}

	@JsonTypeName("UserCreated")
	record UserCreated(String eventId, Instant occurredAt, UUID accountId, long version, Origin origin,
			Account account) implements OfAccount {}

	@JsonTypeName("UserUpdated")
	record UserUpdated(String eventId, Instant occurredAt, UUID accountId, long version, Origin origin, Account before,
			Account account) implements OfAccount {}

	@JsonTypeName("UserDeactivated")
	record UserDeactivated(String eventId, Instant occurredAt, UUID accountId, long version, Origin origin,
			Account account) implements OfAccount {}

	@JsonTypeName("UserReactivated")
	record UserReactivated(String eventId, Instant occurredAt, UUID accountId, long version, Origin origin,
			Account account) implements OfAccount {}

	/** {@code site} is {@code PORTAL} or {@code TRAINING}. */
	@JsonTypeName("PasswordChanged")
	record PasswordChanged(String eventId, Instant occurredAt, UUID accountId, long version, Origin origin, String site,
			Account account) implements OfAccount {}

	/** Generated passwords took the place of whatever there was at both sites; {@code CredentialsIssued} brings them to their mails. */
	@JsonTypeName("CredentialsRenewed")
	record CredentialsRenewed(String eventId, Instant occurredAt, UUID accountId, long version, Origin origin,
			Account account) implements OfAccount {}

	@JsonTypeName("EmailChanged")
	record EmailChanged(String eventId, Instant occurredAt, UUID accountId, long version, Origin origin,
			String emailBefore, Account account) implements OfAccount {}

	/** A program has got a secret with which it acts for the account. */
	@JsonTypeName("ApiClientMade")
	record ApiClientMade(String eventId, Instant occurredAt, UUID accountId, long version, Origin origin,
			ApiClient client, Account account) implements OfAccount {}

	/** Programs no longer act for the account: all that one cause ended. */
	@JsonTypeName("ApiClientsRevoked")
	record ApiClientsRevoked(String eventId, Instant occurredAt, UUID accountId, long version, Origin origin,
			List<ApiClient> clients, Account account) implements OfAccount {}

	/** What a reader older than the writer sees. */
	record Unrecognized() implements UserEvent, OfUnknownType {}

	/**
	 * Which way a change came.
	 *
	 * @param way {@code form}, {@code training-form}, which is one at the Training Site, {@code import}, {@code api-client} or
	 * {@code system}
	 * @param actorId the account that did it; absent for the system itself
	 */
	record Origin(String way, @Nullable UUID actorId, @Nullable UUID importId, @Nullable Integer recordNumber,
			@Nullable String clientId) {}

	/** An account as it stands after (or before) a change; {@code status} is {@code active} or {@code deactivated}. */
	record Account(String username, String firstName, String lastName, String email, String role,
			List<String> organizations, List<String> programs, @Nullable String phone, @Nullable String fax,
			@Nullable String address, String status) {
		/** @param details the texts that it may have or not, by their names here */
		public Account(String username, String firstName, String lastName, String email, String role,
				List<String> organizations, List<String> programs, Map<String, String> details, String status) {
			this(username, firstName, lastName, email, role, organizations, programs, details.get("phone"),
					details.get("fax"), details.get("address"), status);
		}

		/** The texts that it may have or not, by their names here. */
		public Map<String, String> details() {
			Map<String, String> details = new LinkedHashMap<>();
			if (phone != null) details.put("phone", phone);
			if (fax != null) details.put("fax", fax);
			if (address != null) details.put("address", address);
			return details;
		}
	}

	/** A program that acts for an account; {@code name} is what its owner calls it. */
	record ApiClient(String clientId, String name, Instant createdAt) {}
}
