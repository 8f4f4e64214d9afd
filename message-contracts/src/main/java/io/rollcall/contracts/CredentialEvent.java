package io.rollcall.contracts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Secrets on their way into a mail, published on {@code credential-events}, keyed by account id. A secret stands here only
 * as a JWE (RFC 7516, compact) to notification-service's public key.
 */
@JsonTypeInfo(use = Id.NAME, property = "type", defaultImpl = CredentialEvent.Unrecognized.class)
@JsonSubTypes({@JsonSubTypes.Type(CredentialEvent.CredentialsIssued.class),
		@JsonSubTypes.Type(CredentialEvent.PasswordResetRequested.class)})
public sealed interface CredentialEvent {
	/** What this build understands: everything but {@link Unrecognized}. */
	sealed interface OfAccount extends CredentialEvent {
		String eventId();

		Instant occurredAt();

		UUID accountId();
	}

	/**
	 * Generated passwords, for a new account or sent again: two mails a site, the username's first.
	 *
	 * @param secrets a JWE whose plaintext is a JSON object of site to password, as {@code {"PORTAL":"…","TRAINING":"…"}}
	 * @param sites the sites in it, in the order of the mails
	 * @param expiresAt when the passwords stop working: a mail that has not gone by then is not sent
	 * @param version the account's version after it; absent in events of older writers
	 * @param origin who had them sent, which way; absent in events of older writers
	 * @param organizations codes of those that a new account was made for; absent where the account was there before
	 */
	@JsonTypeName("CredentialsIssued")
	record CredentialsIssued(String eventId, Instant occurredAt, UUID accountId, String username, String firstName,
			String lastName, String email, List<String> sites, String secrets, Instant expiresAt,
			@Nullable Long version, UserEvent.@Nullable Origin origin,
			@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<String> organizations) implements OfAccount {}

	/** A link to set a new password. {@code token} is a JWE whose plaintext is the token itself. */
	@JsonTypeName("PasswordResetRequested")
	record PasswordResetRequested(String eventId, Instant occurredAt, UUID accountId, String username, String firstName,
			String lastName, String email, String site, String token, Instant expiresAt) implements OfAccount {}

	/** What a reader older than the writer sees. */
	record Unrecognized() implements CredentialEvent, OfUnknownType {}
}
