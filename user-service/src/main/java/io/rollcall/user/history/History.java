package io.rollcall.user.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.AccountService;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;

/** The history of an account for one who may see the account. */
@Service
public class History {
	private final AccountService service;
	private final AccountRepository accounts;
	private final Entries entries;

	public History(AccountService service, AccountRepository accounts, Entries entries) {
		this.service = service;
		this.accounts = accounts;
		this.entries = entries;
	}

	/**
	 * One page of changes, and who made them as far as the reader may know; {@code total} counts all pages.
	 *
	 * @param whole whether the account is the reader's own or managed wholly, and so its API clients are the reader's to see
	 */
	public record Page(List<Entry> entries, int total, Map<UUID, Author> authors, boolean whole) {
		public @Nullable Author author(Entry entry) {
			UUID id = entry.by().accountId();
			return id == null ? null : authors.get(id);
		}
	}

	/** Who made a change; of the service center, which nobody else sees, there is the name of the role alone. */
	public record Author(@Nullable UUID id, @Nullable String username, String name) {
		/** Absent when the reader may not know. */
		public static Optional<Author> of(Account account, Actor reader) {
			Profile profile = account.profile();
			if (reader.sees(account.id(), profile.organizations())) {
				return Optional.of(new Author(account.id(), profile.username().value(),
						profile.firstName().value() + ' ' + profile.lastName().value()));
			}
			return profile.role() == Role.SC
					? Optional.of(new Author(null, null, Role.SC.title()))
					: Optional.empty();
		}
	}

	/** Empty when there is no such account within the reader's sight. */
	public Optional<Page> of(Actor reader, UUID account, int page, int size) {
		return service.find(reader, account).map(it -> {
			Entries.Page found = entries.of(account, page, size);
			Profile profile = it.profile();
			return new Page(found.entries(), found.total(), authors(reader, found.entries()),
					reader.reach(account, profile.role(), profile.organizations()).coversAll());
		});
	}

	/** The accounts that an import created or changed, whether the reader sees them or not; none where the reader may not know whose it was. */
	public Set<UUID> changedBy(Actor reader, UUID importId) {
		Entries.Changed changed = entries.changedBy(importId);
		UUID by = changed.by();
		boolean known = by != null && accounts.find(by).flatMap(it -> Author.of(it, reader)).isPresent();
		return known ? changed.accounts() : Set.of();
	}

	private Map<UUID, Author> authors(Actor reader, List<Entry> of) {
		Set<UUID> ids = of.stream().map(entry -> entry.by().accountId()).filter(Objects::nonNull)
				.collect(Collectors.toSet());
		Map<UUID, Author> authors = new HashMap<>();
		accounts.findById(ids)
				.forEach((id, account) -> Author.of(account, reader).ifPresent(it -> authors.put(id, it)));
		return authors;
	}
}
