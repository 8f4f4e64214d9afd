package io.rollcall.user.confirmation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.AccountService;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.confirmation.Worklists.Entry;
import io.rollcall.user.directory.OrganizationDirectory;
import io.rollcall.user.history.History.Author;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.roster.Roster;
import io.rollcall.user.signin.SignIns;

/** What whoever decides wants to know of accounts: a page of a worklist, or a part of the report. */
@Component
public class Details {
	private final AccountService service;
	private final AccountRepository accounts;
	private final DecisionRepository decisions;
	private final SignIns signIns;
	private final Roster roster;
	private final OrganizationDirectory directory;
	private final Clock clock;

	public Details(AccountService service, AccountRepository accounts, DecisionRepository decisions, SignIns signIns,
			Roster roster, OrganizationDirectory directory, Clock clock) {
		this.service = service;
		this.accounts = accounts;
		this.decisions = decisions;
		this.signIns = signIns;
		this.roster = roster;
		this.directory = directory;
		this.clock = clock;
	}

	/**
	 * An account with all that.
	 *
	 * @param decision absent where nobody has decided
	 * @param by who has, as far as the reader may know
	 * @param lastSignIn at either site, as far as that is remembered
	 * @param may what the reader could say of it now
	 */
	public record Detail(Account account, State state, @Nullable Decision decision, @Nullable Author by,
			@Nullable Instant lastSignIn, Set<Flag> flags, Set<Verdict> may) {}

	/**
	 * In the order of the entries.
	 *
	 * @throws io.rollcall.platform.TemporarilyUnavailable when the directory is away
	 */
	public List<Detail> of(Actor reader, Confirmation confirmation, List<Entry> entries) {
		List<UUID> ids = entries.stream().map(Entry::account).toList();
		List<Account> found = service.find(reader, ids);
		Map<UUID, State> states = entries.stream().collect(Collectors.toMap(Entry::account, Entry::state));
		Map<UUID, Decision> decided = decisions.find(confirmation.id(), ids);
		Map<UUID, Author> authors = authors(reader, decided.values());
		Map<UUID, Instant> latest = signIns.latest(ids);
		Set<String> open = directory.find(found.stream().flatMap(it -> it.profile().codes().stream())
				.collect(Collectors.toSet())).keySet();
		boolean takes = confirmation.takesDecisionsOf(reader, clock.instant());
		List<Detail> details = new ArrayList<>(found.size());
		for (Account account : found) {
			Decision decision = decided.get(account.id());
			Instant lastSignIn = latest.get(account.id());
			Profile profile = account.profile();
			details.add(new Detail(account, states.getOrDefault(account.id(), State.OPEN), decision,
					decision == null ? null : authors.get(decision.by().actorId()), lastSignIn,
					flags(reader, account, lastSignIn != null, open),
					takes && confirmation.asksFor(account)
							? Deciding.allowed(reader.reach(account.id(), profile.role(), profile.organizations()))
							: Set.of()));
		}
		return details;
	}

	private Map<UUID, Author> authors(Actor reader, Collection<Decision> of) {
		Map<UUID, Author> authors = new HashMap<>();
		accounts.findById(of.stream().map(it -> it.by().actorId()).collect(Collectors.toSet()))
				.forEach((id, it) -> Author.of(it, reader).ifPresent(author -> authors.put(id, author)));
		return authors;
	}

	private Set<Flag> flags(Actor reader, Account account, boolean hasSignedIn, Set<String> open) {
		Profile it = account.profile();
		Set<Flag> flags = EnumSet.noneOf(Flag.class);
		if (!hasSignedIn && !account.isUsed()) flags.add(Flag.NEVER_SIGNED_IN);
		if (!open.containsAll(it.codes())) flags.add(Flag.ORGANIZATION_CLOSED);
		if (it.codes().isEmpty()) flags.add(Flag.NO_ORGANIZATION);
		var person = new Roster.Person(it.username().value(), it.firstName().value(), it.lastName().value(),
				it.email().value());
		if (roster.hasActiveNamesake(person, reader)) flags.add(Flag.SAME_PERSON);
		return flags;
	}
}
