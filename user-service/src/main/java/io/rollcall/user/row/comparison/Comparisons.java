package io.rollcall.user.row.comparison;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.directory.OrganizationDirectory;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Reach;
import io.rollcall.user.roster.Member;
import io.rollcall.user.roster.Roster;
import io.rollcall.user.row.Outcome;
import io.rollcall.user.row.Row;
import io.rollcall.user.row.RowService;
import io.rollcall.user.row.Warning;
import io.rollcall.user.row.Warnings;
import io.rollcall.user.row.comparison.Comparison.Compared;
import io.rollcall.user.row.comparison.Comparison.Group;
import io.rollcall.user.row.comparison.Comparison.Kept;

/**
 * Compares a list of all the staff of some organizations with the accounts that are there, by the rules of imports. Nothing is stored
 * and nothing sent: a file never deactivates or reactivates anybody (guide, section V.D), and what it adds and changes, imports do.
 */
@Service
public class Comparisons {
	private static final Comparator<Account> BY_NAME = Comparator
			.<Account, String>comparing(it -> Roster.spelling(it.profile().lastName().value()))
			.thenComparing(it -> Roster.spelling(it.profile().firstName().value())).thenComparing(Account::id);

	private final RowService rows;
	private final Warnings warnings;
	private final AccountRepository accounts;
	private final Roster roster;
	private final OrganizationDirectory directory;
	private final Clock clock;

	public Comparisons(RowService rows, Warnings warnings, AccountRepository accounts, Roster roster,
			OrganizationDirectory directory, Clock clock) {
		this.directory = directory;
		this.rows = rows;
		this.warnings = warnings;
		this.accounts = accounts;
		this.roster = roster;
		this.clock = clock;
	}

	/**
	 * Those that nobody may compare a list with: unknown or closed ones, and those of others, which look the same.
	 *
	 * @throws io.rollcall.platform.TemporarilyUnavailable when the directory is away
	 */
	public Set<String> notOwn(Actor actor, Set<String> organizations) {
		Map<String, Organization> known = directory.find(organizations);
		return organizations.stream().filter(code -> {
			Organization organization = known.get(code);
			return organization == null || !actor.owns(organization);
		}).collect(Collectors.toSet());
	}

	/**
	 * @param organizations codes of own ones; a district's are its schools, too
	 * @param list in the order of the file
	 * @throws io.rollcall.platform.TemporarilyUnavailable when the directory is away
	 */
	public Comparison compare(Actor actor, Set<String> organizations, List<Listed> list) {
		return new Comparing(actor, organizations, list).comparison();
	}

	/** One comparison under way. Record numbers are from 1. */
	private final class Comparing {
		private final Actor actor;
		private final Set<String> organizations;
		private final List<Listed> list;
		private final List<Member> staff;
		private final Map<Username, Account> byUsername;
		private final Map<Integer, Account> accountOf = new HashMap<>();
		private final Map<Integer, Row> rowOf = new LinkedHashMap<>();
		private final Instant now = clock.instant();

		Comparing(Actor actor, Set<String> organizations, List<Listed> list) {
			this.actor = actor;
			this.organizations = organizations;
			this.staff = roster.staff(actor, organizations);
			Map<UUID, Account> named = accounts
					.findById(list.stream().map(Listed::is).filter(Objects::nonNull).collect(Collectors.toSet()));
			this.list = list.stream().map(it -> forWhomItIs(it, named)).toList();
			this.byUsername = accounts.findByUsername(this.list.stream().map(it -> it.draft().username())
					.filter(Objects::nonNull).collect(Collectors.toSet()));
			makeRows();
		}

		/** An account that is out of sight is nobody's. */
		private Listed forWhomItIs(Listed listed, Map<UUID, Account> named) {
			Account account = listed.is() == null ? null : named.get(listed.is());
			return account == null || !sees(account)
					? listed
					: new Listed(listed.draft().of(account.profile().username()), listed.is(), listed.isNot());
		}

		private boolean sees(Account account) {
			return actor.sees(account.id(), account.profile().organizations());
		}

		private void makeRows() {
			UUID id = UUID.randomUUID();
			Set<Username> before = new HashSet<>();
			for (int record = 1; record <= list.size(); record++) {
				Draft draft = draft(record);
				Username username = draft.username();
				Account account = username == null ? null : byUsername.get(username);
				boolean isKnown = account != null && sees(account);
				if (isKnown) accountOf.put(record, account);
				if (username != null && !before.add(username)) continue; // the first of them stands
				rowOf.put(record, new Row(isKnown ? Row.Kind.UPDATE : Row.Kind.ADD, id + "/" + record, id, record,
						draft, Objects.requireNonNull(actor.accountId()), true, List.of(), null, now));
			}
		}

		private Draft draft(int record) {
			return list.get(record - 1).draft();
		}

		Comparison comparison() {
			List<Row> all = List.copyOf(rowOf.values());
			Map<String, Outcome> outcomes = rows.preview(all, byUsername);
			Map<String, List<Warning>> warned = warnings.of(all, outcomes);
			Set<UUID> listed = accountOf.values().stream().map(Account::id).collect(Collectors.toSet());
			List<Member> unlisted = staff.stream().filter(it -> !listed.contains(it.id())).toList();
			Map<UUID, Account> theirs = accounts.findById(unlisted.stream().map(Member::id).toList());
			// The roster may be a moment behind.
			List<Member> missing = unlisted.stream().filter(it -> isActive(theirs.get(it.id()))).toList();
			Map<Integer, SamePerson.Pair> pairs = SamePerson.pairs(without(outcomes),
					missing.stream().filter(Comparing::isWhole).toList());

			List<Compared> records = IntStream.rangeClosed(1, list.size()).mapToObj(record -> {
				Row row = rowOf.get(record);
				if (row == null) return rejected(record, List.of(Fault.USERNAME_REPEATED));
				Outcome outcome = Objects.requireNonNull(outcomes.get(row.commandId()));
				return compared(record, outcome, pairs.get(record), theirs,
						warned.getOrDefault(row.commandId(), List.of()));
			}).toList();

			Set<UUID> probable = pairs.values().stream().map(SamePerson.Pair::account).collect(Collectors.toSet());
			List<Account> left = missing.stream().filter(it -> isWhole(it) && !probable.contains(it.id()))
					.map(it -> Objects.requireNonNull(theirs.get(it.id()))).sorted(BY_NAME).toList();
			List<Kept> kept = missing.stream().filter(it -> !isWhole(it))
					.map(it -> new Kept(Objects.requireNonNull(theirs.get(it.id())), it.reach()))
					.sorted(Comparator.comparing(Kept::account, BY_NAME)).toList();
			return new Comparison((int) staff.stream().filter(Comparing::isWhole).count(), records, left, kept);
		}

		private static boolean isActive(@Nullable Account account) {
			return account != null && account.isActive();
		}

		private static boolean isWhole(Member member) {
			return member.reach() instanceof Reach.Whole;
		}

		/** The records that would make an account. */
		private Map<Integer, Listed> without(Map<String, Outcome> outcomes) {
			Map<Integer, Listed> without = new HashMap<>();
			rowOf.forEach((record, row) -> {
				if (outcomes.get(row.commandId()) instanceof Outcome.Created) without.put(record, list.get(record - 1));
			});
			return without;
		}

		private Compared compared(int record, Outcome outcome, SamePerson.@Nullable Pair pair,
				Map<UUID, Account> missing, List<Warning> warned) {
			Account account = accountOf.get(record);
			return switch (outcome) {
				case Outcome.Created _ when pair != null -> new Compared(Group.PROBABLE, missing.get(pair.account()),
						pair.likeness(), List.of(), List.of(), warned);
				case Outcome.Created _ -> new Compared(Group.NEW, null, null, List.of(), List.of(), warned);
				case Outcome.Updated it ->
					new Compared(isFromElsewhere(account, it.changes()) ? Group.MOVED : Group.CHANGED, account, null,
							it.changes(), List.of(), warned);
				case Outcome.Unchanged _ -> new Compared(Group.SAME, account, null, List.of(), List.of(), warned);
				case Outcome.Rejected(List<Fault> faults) when isBack(account, faults) ->
					new Compared(Group.RETURNED, account, null, List.of(), List.of(), warned);
				case Outcome.Rejected(List<Fault> faults) -> rejected(record, faults);
				case Outcome.Deactivated _ -> throw new IllegalStateException("a list undoes nothing");
			};
		}

		private Compared rejected(int record, List<Fault> faults) {
			return new Compared(Group.REJECTED, accountOf.get(record), null, List.of(), faults, List.of());
		}

		private boolean isFromElsewhere(@Nullable Account account, Collection<Profile.Change> changes) {
			return account != null && changes.stream().anyMatch(it -> it.field() == Field.ORGANIZATIONS)
					&& account.profile().organizations().stream().noneMatch(
							it -> organizations.contains(it.code()) || organizations.contains(it.district()));
		}

		private boolean isBack(@Nullable Account account, List<Fault> faults) {
			return account != null && faults.equals(List.of(Fault.USER_DEACTIVATED))
					&& actor.reach(account.id(), account.profile().role(),
							account.profile().organizations()) instanceof Reach.Whole;
		}
	}
}
