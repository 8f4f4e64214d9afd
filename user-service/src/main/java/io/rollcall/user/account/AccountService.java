package io.rollcall.user.account;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.springframework.stereotype.Service;

import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.FieldRules;
import io.rollcall.user.account.profile.FieldRules.Judgement;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.directory.OrganizationDirectory;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.request.Attempt;

/** Accounts one at a time, from a form (guide, sections V.A and V.B). Each change is safe to repeat with the same origin. */
@Service
public class AccountService {
	private final AccountRepository accounts;
	private final OrganizationDirectory directory;
	private final FieldRules rules;
	private final CredentialIssuer credentials;
	private final EventRelay relay;
	private final Clock clock;

	public AccountService(AccountRepository accounts, OrganizationDirectory directory, FieldRules rules,
			CredentialIssuer credentials, EventRelay relay, Clock clock) {
		this.accounts = accounts;
		this.directory = directory;
		this.rules = rules;
		this.credentials = credentials;
		this.relay = relay;
		this.clock = clock;
	}

	/** What became of a form. */
	public sealed interface Saved {
		/** @param credentialsSent the sites for which new passwords are sent, since the address is another */
		record Done(Account account, Set<Site> credentialsSent) implements Saved {}

		/** Nothing has happened. */
		sealed interface Refused extends Saved {}

		record Invalid(List<Fault> faults) implements Refused {}

		/** Somebody else has changed the account since it was read. */
		record Stale() implements Refused {}

		/** The same request was sent before, and the account is not as it asks: it has changed since. */
		record DoneBefore() implements Refused {}

		/** There is none, or none within sight: which of the two nobody learns. */
		record NotFound() implements Refused {}
	}

	/** The account, when the actor may see it. */
	public Optional<Account> find(Actor actor, UUID id) {
		return accounts.find(id).filter(account -> sees(actor, account));
	}

	/** Those of these accounts that the actor may see, in the order asked for. */
	public List<Account> find(Actor actor, List<UUID> ids) {
		Map<UUID, Account> found = accounts.findById(ids);
		List<Account> inOrder = new ArrayList<>(ids.size());
		for (UUID id : new LinkedHashSet<>(ids)) {
			Account account = found.get(id);
			if (account != null && sees(actor, account)) inOrder.add(account);
		}
		return inOrder;
	}

	private static boolean sees(Actor actor, Account account) {
		return actor.sees(account.id(), account.profile().organizations());
	}

	/** A new account from a form. */
	public Saved create(Actor actor, Draft draft, Origin origin, Attempt attempt) {
		Map<String, Organization> known = directory.find(draft.codesToLookUp());
		return switch (rules.judgeNew(draft, actor, known)) {
			case Judgement.Faulty(List<Fault> faults) -> new Saved.Invalid(faults);
			case Judgement.Sound(Profile profile) -> create(profile, origin, attempt);
		};
	}

	private Saved create(Profile profile, Origin origin, Attempt attempt) {
		Instant now = clock.instant();
		Account account = Account.create(profile, credentials.issue(now), origin, now);
		if (!accounts.save(Set.of(account)).isEmpty()) {
			// Taken, unless it was this very request that took it.
			Account there = accounts.find(profile.username()).orElseThrow();
			if (there.memory().applied(origin.causeId()).isEmpty() && !(attempt instanceof Attempt.Answered)) {
				return new Saved.Invalid(List.of(Fault.USERNAME_TAKEN));
			}
			return there.isActive() && profile.changesSince(there.profile()).isEmpty()
					? new Saved.Done(there, Set.of())
					: new Saved.DoneBefore();
		}
		relay.soon(Set.of(profile.username()));
		return new Saved.Done(account, Set.of());
	}

	/**
	 * A change from a form.
	 *
	 * @param edition of the account that was shown when the form was filled in
	 */
	public Saved change(Actor actor, UUID id, Draft draft, String edition, Origin origin, Attempt attempt) {
		Account account = find(actor, id).orElse(null);
		if (account == null) return new Saved.NotFound();
		Optional<Memory.Applied> before = account.memory().applied(origin.causeId());
		boolean over = before.isPresent() || account.memory().isOver(attempt);
		if (!over && !account.edition().equals(edition)) return new Saved.Stale();
		if (!account.isActive()) {
			return over ? new Saved.DoneBefore() : new Saved.Invalid(List.of(Fault.USER_DEACTIVATED));
		}
		Map<String, Organization> known = directory.find(draft.codesToLookUp());
		Instant now = clock.instant();
		Judgement judgement = rules.judgeChange(draft, actor, known, account.id(), account.profile(),
				email -> account.mails().emailChangedTooOften(email, actor, now));
		if (over) {
			return judgement instanceof Judgement.Sound(Profile asked)
					&& asked.changesSince(account.profile()).isEmpty()
							? new Saved.Done(account, before.map(Memory.Applied::credentialsSent).orElse(Set.of()))
							: new Saved.DoneBefore();
		}
		return switch (judgement) {
			case Judgement.Faulty(List<Fault> faults) -> new Saved.Invalid(faults);
			case Judgement.Sound(Profile profile) -> {
				Memory.Applied applied = account.change(profile, credentials, origin, now);
				if (applied.changes().isEmpty()) yield new Saved.Done(account, Set.of());
				// Who was quicker may have changed what no form shows, or have been this very request, sent twice.
				if (!accounts.save(Set.of(account)).isEmpty()) {
					yield change(actor, id, draft, edition, origin, attempt);
				}
				relay.soon(Set.of(profile.username()));
				yield new Saved.Done(account, applied.credentialsSent());
			}
		};
	}
}
