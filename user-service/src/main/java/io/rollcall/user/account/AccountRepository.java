package io.rollcall.user.account;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.ApiClient;

/** Where the accounts are. */
public interface AccountRepository {
	/** Those of these usernames that exist, active or not. */
	Map<Username, Account> findByUsername(Collection<Username> usernames);

	Map<UUID, Account> findById(Collection<UUID> ids);

	default Optional<Account> find(Username username) {
		return Optional.ofNullable(findByUsername(Set.of(username)).get(username));
	}

	default Optional<Account> find(UUID id) {
		return Optional.ofNullable(findById(Set.of(id)).get(id));
	}

	/**
	 * Stores what happened to these accounts, each whole or not at all: state, events and applied rows in one write. An account
	 * that somebody else has stored since it was read, or created first, is left as that one wrote it.
	 *
	 * @return the usernames for which that is so, or may be so: read and judge anew. What was stored after all is known then by
	 * its cause ({@link Account#applied}); whoever was not named is stored
	 */
	Set<Username> save(Collection<Account> accounts);

	/** A program had a token. That is no change of the account: its version stays, and no write of the account undoes it. */
	void noteUse(ApiClient client, Instant at);

	/** Each account there is, once, as it is while they are gone through. */
	void forEach(Consumer<Account> action);

	/** The latest issue of passwords of each account ({@link Account#issue}). */
	Set<String> issues();
}
