package io.rollcall.user.row;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
import io.rollcall.user.account.Kept;
import io.rollcall.user.account.Memory;
import io.rollcall.user.account.Preview;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.FieldRules;
import io.rollcall.user.account.profile.FieldRules.Judgement;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.directory.OrganizationDirectory;
import io.rollcall.user.permission.Actor;

/**
 * Decides rows of imports, a batch at a time: everything the batch needs is read at once, the rows are judged one after the other
 * against it (so that the first of two rows for a username wins), and what changed is written at once. Accounts that somebody
 * else changed meanwhile are read again and their rows judged anew.
 */
@Service
public class RowService {
	private final AccountRepository accounts;
	private final Decisions decisions;
	private final OrganizationDirectory directory;
	private final FieldRules rules;
	private final UndoRules undoRules;
	private final CredentialIssuer credentials;
	private final Clock clock;

	public RowService(AccountRepository accounts, Decisions decisions, OrganizationDirectory directory,
			FieldRules rules, UndoRules undoRules, CredentialIssuer credentials, Clock clock) {
		this.accounts = accounts;
		this.decisions = decisions;
		this.directory = directory;
		this.rules = rules;
		this.undoRules = undoRules;
		this.credentials = credentials;
		this.clock = clock;
	}

	/**
	 * Decides the rows in their order. When it returns, every outcome is stored; given again, a row has the same one.
	 *
	 * @return the outcome of each row by command id
	 */
	public Map<String, Outcome> decide(List<Row> rows) {
		Map<String, Outcome> outcomes = new LinkedHashMap<>();
		outcomes.putAll(decisions.find(rows.stream().filter(row -> !row.dryRun()).map(Row::commandId).toList()));
		Map<UUID, Actor> uploaders = uploaders(rows);

		List<Row> open = rows.stream().filter(row -> !outcomes.containsKey(row.commandId())).toList();
		while (!open.isEmpty()) {
			var batch = new Batch(open, uploaders, named(open));
			open.forEach(batch::judge);
			Set<Username> lost = accounts.save(batch.changedAccounts());
			outcomes.putAll(batch.outcomesWithout(lost));
			open = batch.rowsOf(lost);
		}
		return outcomes;
	}

	/**
	 * What the rows would come to with accounts that have been read before. Nothing is stored.
	 *
	 * @param rows of a dry run
	 * @param named the accounts of their usernames
	 * @return the outcome of each row by command id
	 */
	public Map<String, Outcome> preview(List<Row> rows, Map<Username, Account> named) {
		var batch = new Batch(rows, uploaders(rows), named);
		rows.forEach(batch::judge);
		return batch.outcomes;
	}

	private Map<Username, Account> named(List<Row> rows) {
		return accounts.findByUsername(rows.stream().map(row -> row.draft().username()).filter(Objects::nonNull)
				.collect(Collectors.toCollection(LinkedHashSet::new)));
	}

	private Map<UUID, Actor> uploaders(Collection<Row> rows) {
		Set<UUID> ids = rows.stream().map(Row::uploaderId).collect(Collectors.toSet());
		return accounts.findById(ids).values().stream().filter(Account::isActive)
				.collect(Collectors.toMap(Account::id, Account::asActor));
	}

	/** What the rules say of a row, before anything comes of it. */
	private sealed interface Verdict {
		record Refuse(List<Fault> faults) implements Verdict {}

		record Create(Profile profile) implements Verdict {}

		/** The profile may be the one that the account has. */
		record Change(Account account, Profile profile) implements Verdict {}
	}

	/** The state a batch is judged against. */
	private final class Batch {
		private final List<Row> rows;
		private final Map<String, Organization> organizations;
		private final Map<UUID, Actor> uploaders;
		private final Map<Username, Account> real;
		private final Map<String, Outcome> outcomes = new LinkedHashMap<>();
		private final Instant now = clock.instant();

		Batch(List<Row> rows, Map<UUID, Actor> uploaders, Map<Username, Account> named) {
			this.rows = rows;
			this.uploaders = uploaders;
			this.real = new HashMap<>(named);
			this.organizations = AskedOrganizations.of(rows, real).in(directory);
		}

		void judge(Row row) {
			Username username = row.draft().username();
			Account account = username == null ? null : real.get(username);
			Outcome outcome = account == null
					? null
					: account.memory().applied(row.commandId()).map(a -> was(row, a, account)).orElse(null);
			Undo undo = row.undo();
			if (outcome == null) {
				outcome = undo != null
						? undo(row, undo, account)
						: row.dryRun() ? preview(row, account) : apply(row, account);
			}
			outcomes.put(row.commandId(), outcome);
		}

		private static Outcome was(Row row, Memory.Applied applied, Account account) {
			if (applied.created()) return new Outcome.Created(account.id());
			if (row.undo() != null && applied.changes().isEmpty()) return new Outcome.Deactivated(account.id());
			return new Outcome.Updated(account.id(), applied.changes(), applied.credentialsSent(), applied.kept());
		}

		private Outcome undo(Row row, Undo undo, @Nullable Account account) {
			return switch (undoRules.judge(undo, row.draft(), account, actor(row), organizations, now)) {
				case UndoRules.Verdict.Refuse(List<Fault> faults) -> new Outcome.Rejected(faults);
				case UndoRules.Verdict.Keep(Account whole, List<Kept> kept) -> new Outcome.Unchanged(whole.id(), kept);
				case UndoRules.Verdict.Deactivate(Account made) -> {
					if (!row.dryRun()) made.deactivate(row.origin(), now);
					yield new Outcome.Deactivated(made.id());
				}
				case UndoRules.Verdict.Restore(Account changed, Profile before, List<Kept> kept) -> {
					Set<Site> sites = changed.credentialsSentBy(before);
					yield row.dryRun()
							? new Outcome.Updated(changed.id(), before.changesSince(changed.profile()), sites, kept)
							: new Outcome.Updated(changed.id(),
									changed.change(before, kept, credentials, row.origin(), now).changes(), sites,
									kept);
				}
			};
		}

		private Actor actor(Row row) {
			return uploaders.getOrDefault(row.uploaderId(), Actor.NOBODY);
		}

		private Outcome apply(Row row, @Nullable Account account) {
			return switch (judge(row, row.draft(), account)) {
				case Verdict.Refuse(List<Fault> faults) -> new Outcome.Rejected(faults);
				case Verdict.Create(Profile profile) -> {
					Account created = Account.create(profile, credentials.issue(now), row.origin(), now);
					real.put(profile.username(), created);
					yield new Outcome.Created(created.id());
				}
				case Verdict.Change(Account changed, Profile profile) -> {
					Memory.Applied applied = changed.change(profile, credentials, row.origin(), now);
					yield updated(changed, applied.changes(), applied.credentialsSent());
				}
			};
		}

		/** The same without leaving anything behind; what the earlier rows of the file would do is done on a sketch. */
		private Outcome preview(Row row, @Nullable Account account) {
			Account sketch = account;
			for (Draft earlier : AskedOrganizations.earlier(row).toList()) {
				sketch = switch (judge(row, earlier, sketch)) {
					case Verdict.Refuse _ -> sketch;
					case Verdict.Create(Profile profile) -> Preview.made(profile, now);
					case Verdict.Change(Account changed, Profile profile) ->
						Preview.changed(changed, profile, row.uploaderId(), now);
				};
			}
			return switch (judge(row, row.draft(), sketch)) {
				case Verdict.Refuse(List<Fault> faults) -> new Outcome.Rejected(faults);
				case Verdict.Create _ -> new Outcome.Created(null);
				case Verdict.Change(Account changed, Profile profile) ->
					updated(changed, profile.changesSince(changed.profile()), changed.credentialsSentBy(profile));
			};
		}

		private static Outcome updated(Account account, List<Profile.Change> changes, Set<Site> credentialsSent) {
			return changes.isEmpty()
					? new Outcome.Unchanged(account.id())
					: new Outcome.Updated(account.id(), changes, credentialsSent);
		}

		private Verdict judge(Row row, Draft draft, @Nullable Account account) {
			Actor actor = actor(row);
			return switch (row.kind()) {
				case ADD -> add(draft, actor, account);
				case UPDATE -> update(draft, actor, account, row.uploadedAt());
			};
		}

		/** Whether the username is free is asked last, of a row that is sound otherwise (guide, section V.D, sample error file). */
		private Verdict add(Draft draft, Actor actor, @Nullable Account taken) {
			return switch (rules.judgeNew(draft, actor, organizations)) {
				case Judgement.Faulty(List<Fault> faults) -> new Verdict.Refuse(faults);
				case Judgement.Sound _ when taken != null -> new Verdict.Refuse(List.of(Fault.USERNAME_TAKEN));
				case Judgement.Sound(Profile profile) -> new Verdict.Create(profile);
			};
		}

		private Verdict update(Draft draft, Actor actor, @Nullable Account account, Instant askedAt) {
			if (account == null || !actor.sees(account.id(), account.profile().organizations())) {
				return withoutAccount(draft, actor, Fault.USER_UNKNOWN);
			}
			if (!account.isActive()) return withoutAccount(draft, actor, Fault.USER_DEACTIVATED);
			return switch (rules.judgeChange(draft, actor, organizations, account.id(), account.profile(),
					email -> account.mails().emailChangedTooOften(email, actor, now))) {
				case Judgement.Faulty(List<Fault> faults) -> new Verdict.Refuse(faults);
				case Judgement.Sound(Profile profile) when account.memory().isOvertaken(
						profile.changesSince(account.profile()), account.lifetime().createdAt(), askedAt) ->
					new Verdict.Refuse(List.of(Fault.CHANGED_SINCE_UPLOAD));
				case Judgement.Sound(Profile profile) -> new Verdict.Change(account, profile);
			};
		}

		/** The faults of what the row has, whoever it is for; they tell nothing of an account out of sight. */
		private Verdict withoutAccount(Draft draft, Actor actor, Fault why) {
			List<Fault> faults = new ArrayList<>();
			if (rules.judgeNew(draft, actor, organizations) instanceof Judgement.Faulty(List<Fault> others)) {
				// What is absent stays as it is, but for the username, by which it would be found.
				others.stream().filter(fault -> fault.field() == Field.USERNAME || draft.has(fault.field()))
						.forEach(faults::add);
			}
			if (!faults.contains(Fault.USERNAME_FORMAT)) faults.add(why);
			faults.sort(null); // the order of the columns
			return new Verdict.Refuse(faults);
		}

		List<Account> changedAccounts() {
			return real.values().stream().filter(Account::isChanged).toList();
		}

		/** The outcomes that stand, those without a trace in an account remembered. */
		Map<String, Outcome> outcomesWithout(Set<Username> lost) {
			Map<String, Outcome> standing = new LinkedHashMap<>();
			Map<String, Outcome> traceless = new HashMap<>();
			for (Row row : rows) {
				if (isOf(row, lost)) continue;
				Outcome outcome = Optional.ofNullable(outcomes.get(row.commandId())).orElseThrow();
				standing.put(row.commandId(), outcome);
				if (!row.dryRun() && (outcome instanceof Outcome.Rejected || outcome instanceof Outcome.Unchanged)) {
					traceless.put(row.commandId(), outcome);
				}
			}
			decisions.remember(traceless);
			return standing;
		}

		List<Row> rowsOf(Set<Username> lost) {
			return rows.stream().filter(row -> isOf(row, lost)).toList();
		}

		private static boolean isOf(Row row, Set<Username> usernames) {
			Username username = row.draft().username();
			return username != null && usernames.contains(username);
		}
	}
}
