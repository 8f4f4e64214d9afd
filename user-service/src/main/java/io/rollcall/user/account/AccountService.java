package io.rollcall.user.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
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
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.credential.Site;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.delivery.Delivery;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.directory.OrganizationDirectory;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Reach;
import io.rollcall.user.request.Attempt;

/** What a coordinator does by hand (guide, section V), one method a use case. Each is safe to repeat with the same origin. */
@Service
public class AccountService {
	private final AccountRepository accounts;
	private final OrganizationDirectory directory;
	private final FieldRules rules;
	private final CredentialIssuer credentials;
	private final Deliveries deliveries;
	private final EventRelay relay;
	private final Clock clock;

	public AccountService(AccountRepository accounts, OrganizationDirectory directory, FieldRules rules,
			CredentialIssuer credentials, Deliveries deliveries, EventRelay relay, Clock clock) {
		this.accounts = accounts;
		this.directory = directory;
		this.rules = rules;
		this.credentials = credentials;
		this.deliveries = deliveries;
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

	/** What became of one account of a bulk action. */
	public sealed interface Acted {
		record Done() implements Acted {}

		/** It was so already. */
		record Unchanged() implements Acted {}

		record NotFound() implements Acted {}

		/** On oneself, or on someone whose role one does not manage. */
		record NotAllowed() implements Acted {}

		/** On somebody who runs the system, without the actor's current password: it would let somebody into that account. */
		record ProofRequired() implements Acted {}

		/** Organizations of the account that are not the actor's (guide, section V.C, note). */
		record OutsideOwn(List<Organization> organizations) implements Acted {}

		/** A deactivated account is sent no credentials. */
		record Deactivated() implements Acted {}

		/** Its mailbox was told of this too often; it may happen again after a while. */
		record MailedTooOften(MailBudget.Item item, Duration remaining) implements Acted {}

		/** The same request was sent before, and the account is not as it asks: it has changed since. */
		record DoneBefore() implements Acted {}
	}

	/** One change of one account in a bulk action. */
	private interface Verb {
		Acted apply(Account account, Origin origin, Instant now);
	}

	/** Whether an account is as a bulk action leaves it. */
	private interface Effect {
		boolean isSo(Account account, Origin origin);
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
			if (there.applied(origin.causeId()).isEmpty() && !(attempt instanceof Attempt.Answered)) {
				return new Saved.Invalid(List.of(Fault.USERNAME_TAKEN));
			}
			return there.isActive() && profile.changesSince(there.profile()).isEmpty()
					? new Saved.Done(there, Set.of())
					: new Saved.DoneBefore();
		}
		relay.relay(Set.of(profile.username()), List.of());
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
		Optional<Account.Applied> before = account.applied(origin.causeId());
		boolean over = before.isPresent() || isOver(account, attempt);
		if (!over && !account.edition().equals(edition)) return new Saved.Stale();
		if (!account.isActive()) {
			return over ? new Saved.DoneBefore() : new Saved.Invalid(List.of(Fault.USER_DEACTIVATED));
		}
		Map<String, Organization> known = directory.find(draft.codesToLookUp());
		Instant now = clock.instant();
		Judgement judgement = rules.judgeChange(draft, actor, known, account.id(), account.profile(),
				email -> account.emailChangedTooOften(email, actor, now));
		if (over) {
			return judgement instanceof Judgement.Sound(Profile asked)
					&& asked.changesSince(account.profile()).isEmpty()
							? new Saved.Done(account, before.map(Account.Applied::credentialsSent).orElse(Set.of()))
							: new Saved.DoneBefore();
		}
		return switch (judgement) {
			case Judgement.Faulty(List<Fault> faults) -> new Saved.Invalid(faults);
			case Judgement.Sound(Profile profile) -> {
				Account.Applied applied = account.change(profile, credentials, origin, now);
				if (applied.changes().isEmpty()) yield new Saved.Done(account, Set.of());
				// Who was quicker may have changed what no form shows, or have been this very request, sent twice.
				if (!accounts.save(Set.of(account)).isEmpty()) {
					yield change(actor, id, draft, edition, origin, attempt);
				}
				relay.relay(Set.of(profile.username()), List.of());
				yield new Saved.Done(account, applied.credentialsSent());
			}
		};
	}

	/**
	 * Whether nothing of a request may be done to an account any more, though the account does not know it: it was answered, or so
	 * much has happened since that the account may have forgotten it.
	 */
	private static boolean isOver(Account account, Attempt attempt) {
		return switch (attempt) {
			case Attempt.First _ -> false;
			case Attempt.Unanswered(Instant since) -> !account.remembersAllSince(since);
			case Attempt.Answered _ -> true;
		};
	}

	/** However often: whoever must be kept out now cannot wait. */
	public Map<UUID, Acted> deactivate(Actor actor, Collection<UUID> ids, Origin.Request origin, Attempt attempt) {
		return act(actor, ids, origin, attempt,
				(account, cause, now) -> account.deactivate(cause, now) ? new Acted.Done() : new Acted.Unchanged(),
				(account, _) -> !account.isActive());
	}

	/** @param proven whether the actor has given the current password, in a session of the Portal */
	public Map<UUID, Acted> reactivate(Actor actor, Collection<UUID> ids, boolean proven, Origin.Request origin,
			Attempt attempt) {
		return act(actor, ids, origin, attempt, (account, cause, now) -> {
			if (account.isActive()) return new Acted.Unchanged();
			if (!proven && account.profile().role().runsTheSystem()) return new Acted.ProofRequired();
			return within(MailBudget.Item.REACTIVATION, account, cause, now,
					() -> account.reactivate(arrived(account)::contains, credentials, cause, now));
		}, (account, _) -> account.isActive());
	}

	private Set<Site> arrived(Account account) {
		Delivery delivery = deliveries.of(List.of(account)).getOrDefault(account, Delivery.QUEUED);
		Set<Site> arrived = EnumSet.allOf(Site.class);
		arrived.removeIf(site -> delivery.of(site).state() != Delivery.State.SENT);
		return arrived;
	}

	/**
	 * New passwords for both sites, in place of what there was.
	 *
	 * @param proven whether the actor has given the current password, in a session of the Portal
	 */
	public Map<UUID, Acted> renewCredentials(Actor actor, Collection<UUID> ids, boolean proven, Origin.Request origin,
			Attempt attempt) {
		return act(actor, ids, origin, attempt, (account, cause, now) -> {
			if (!account.isActive()) return new Acted.Deactivated();
			if (!proven && account.profile().role().runsTheSystem()) return new Acted.ProofRequired();
			return within(MailBudget.Item.CREDENTIALS, account, cause, now,
					() -> account.renewCredentials(credentials.issue(now), cause, now));
		}, (account, cause) -> account.isActive() && account.lastIssuedBy(cause));
	}

	private static Acted within(MailBudget.Item item, Account account, Origin origin, Instant now, Runnable change) {
		Optional<Duration> wait = account.mailedTooOften(item, origin.actorId(), now);
		if (wait.isPresent()) return new Acted.MailedTooOften(item, wait.get());
		change.run();
		return new Acted.Done();
	}

	/** Each account has its own outcome; one that another changed at the same moment is judged anew. */
	private Map<UUID, Acted> act(Actor actor, Collection<UUID> ids, Origin.Request origin, Attempt attempt, Verb verb,
			Effect effect) {
		Map<UUID, Acted> outcomes = new LinkedHashMap<>();
		ids.forEach(id -> outcomes.put(id, new Acted.NotFound()));
		Set<UUID> open = outcomes.keySet();
		while (!open.isEmpty()) {
			List<Account> changed = new ArrayList<>();
			for (Account account : accounts.findById(open).values()) {
				Acted acted = act(actor, account, origin.of(account.id()), attempt, verb, effect, clock.instant());
				outcomes.put(account.id(), acted);
				if (account.isChanged()) changed.add(account);
			}
			Set<Username> lost = accounts.save(changed);
			Set<Username> stored = new LinkedHashSet<>();
			Set<UUID> again = new LinkedHashSet<>();
			for (Account account : changed) {
				Username username = account.profile().username();
				if (lost.contains(username)) {
					again.add(account.id());
				} else {
					stored.add(username);
				}
			}
			relay.relay(stored, List.of());
			open = again;
		}
		return outcomes;
	}

	private static Acted act(Actor actor, Account account, Origin origin, Attempt attempt, Verb verb, Effect effect,
			Instant now) {
		Profile profile = account.profile();
		switch (actor.reach(account.id(), profile.role(), profile.organizations())) {
			case Reach.Unseen _ -> {
				return new Acted.NotFound();
			}
			case Reach.Oneself _,Reach.SeenOnly _ -> {
				return new Acted.NotAllowed();
			}
			case Reach.InPart(List<Organization> outside) -> {
				return new Acted.OutsideOwn(outside);
			}
			case Reach.Whole _ -> {
			}
		}
		if (account.applied(origin.causeId()).isPresent()) {
			return effect.isSo(account, origin) ? new Acted.Done() : new Acted.DoneBefore();
		}
		if (isOver(account, attempt)) {
			return effect.isSo(account, origin) ? new Acted.Unchanged() : new Acted.DoneBefore();
		}
		return verb.apply(account, origin, now);
	}
}
