package io.rollcall.user.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.profile.Field;

/**
 * One change of an account, never a secret.
 *
 * @param id of the event that told it: an event read twice is one entry
 * @param version the account's version after the change
 * @param sites the sites whose password it concerns
 * @param apiClients the programs that it concerns
 * @param confirmed what was said of the account; it changes nothing of it
 */
public record Entry(String id, UUID accountId, long version, What what, Instant at, By by, List<Change> changes,
		List<String> sites, List<Client> apiClients, @Nullable Confirmed confirmed) {
	/** What happened to the account itself. */
	public Entry(String id, UUID accountId, long version, What what, Instant at, By by, List<Change> changes,
			List<String> sites, List<Client> apiClients) {
		this(id, accountId, version, what, at, by, changes, sites, apiClients, null);
	}

	/** What happened, in the order of what happens in one change. */
	public enum What {
		CREATED,
		UPDATED,
		DEACTIVATED,
		REACTIVATED,
		PASSWORD_CHANGED,
		CREDENTIALS_SENT,
		API_CLIENT_MADE,
		API_CLIENT_REVOKED,
		/** The version is that of the account at that moment. */
		CONFIRMED
	}

	/**
	 * Who, which way.
	 *
	 * @param way {@code form}, {@code training-form}, which is one at the Training Site, {@code import}, {@code api-client} or
	 * {@code system}
	 */
	public record By(String way, @Nullable UUID accountId, @Nullable UUID importId, @Nullable Integer recordNumber,
			@Nullable String clientId) {}

	/** A program that acts for the account; {@code name} is what its owner calls it. */
	public record Client(String clientId, String name) {}

	/**
	 * @param name of the confirmation
	 * @param decision {@code stays}, {@code left} or {@code wrong}
	 * @param before what it replaces
	 */
	public record Confirmed(UUID confirmationId, String name, String decision, @Nullable String before) {}

	/** One field as the CSV template spells it; {@code before} is blank in a new account. */
	public record Change(Field field, String before, String after) {}
}
