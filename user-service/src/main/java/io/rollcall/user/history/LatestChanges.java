package io.rollcall.user.history;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

	/** @param reader who asks: not everybody may know who it was */
	public OfAccount of(UUID account, Actor reader) {
		return new OfAccount(account, reader);
	}

	/** Those of one account, read when something is asked of them, and once. */
	public final class OfAccount {
		private final UUID account;
		private final Actor reader;
		private final Map<UUID, Optional<String>> authors = new HashMap<>();
		private @Nullable List<Entry> latest;

		private OfAccount(UUID account, Actor reader) {
			this.account = account;
			this.reader = reader;
		}

		/** The latest of such entries, if it tells what is meant; if not, the history has not heard of that yet. */
		public Optional<Known> find(Predicate<Entry> such, Predicate<Entry> meant) {
			if (latest == null) latest = entries.of(account, 0, ENTRIES).entries();
			return latest.stream().filter(such).findFirst().filter(meant).map(it -> new Known(by(it), it.at()));
		}

		private @Nullable String by(Entry entry) {
			UUID id = entry.by().accountId();
			return id == null ? null : authors.computeIfAbsent(id, this::named).orElse(null);
		}

		private Optional<String> named(UUID author) {
			return accounts.find(author).flatMap(it -> History.Author.of(it, reader))
					.map(it -> it.username() == null ? it.name() : it.username());
		}
	}
}
