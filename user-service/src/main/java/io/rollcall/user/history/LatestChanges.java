package io.rollcall.user.history;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.permission.Actor;

/** What was last done to an account: as far as the history, which follows the account by a moment, has heard of it. */
@Component
public class LatestChanges {
	/** Further back nobody is looked for. */
	private static final int ENTRIES = 100;

	private final AccountRepository accounts;
	private final Entries entries;

	public LatestChanges(AccountRepository accounts, Entries entries) {
		this.accounts = accounts;
		this.entries = entries;
	}

	/** @param by a username, or a role's title; absent for the system, and for whoever the reader may not know of */
	public record Known(@Nullable String by, Instant at) {}

	/**
	 * The latest of such entries, if it tells what is meant; if not, the history has not heard of that yet.
	 *
	 * @param reader who asks: not everybody may know who it was
	 */
	public Optional<Known> find(UUID account, Predicate<Entry> such, Actor reader, Predicate<Entry> meant) {
		return entries.of(account, 0, ENTRIES).entries().stream().filter(such).findFirst().filter(meant)
				.map(it -> new Known(by(it, reader), it.at()));
	}

	private @Nullable String by(Entry entry, Actor reader) {
		UUID id = entry.by().accountId();
		return id == null
				? null
				: accounts.find(id).flatMap(it -> History.Author.of(it, reader))
						.map(it -> it.username() == null ? it.name() : it.username()).orElse(null);
	}
}
