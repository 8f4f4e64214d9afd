package io.rollcall.user.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.springframework.stereotype.Service;

import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.CredentialIssuer;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.delivery.Delivery;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Reach;
import io.rollcall.user.request.Attempt;

/** What is done to many accounts at once (guide, section V.C): each has an outcome of its own. Safe to repeat with the same origin. */
@Service
public class BulkService {
	private final AccountRepository accounts;
	private final CredentialIssuer credentials;
	private final Deliveries deliveries;
	private final EventRelay relay;
	private final Clock clock;

	public BulkService(AccountRepository accounts, CredentialIssuer credentials, Deliveries deliveries,
			EventRelay relay, Clock clock) {
		this.accounts = accounts;
		this.credentials = credentials;
		this.deliveries = deliveries;
		this.relay = relay;
		this.clock = clock;
	}

	/** What became of one account of a bulk action. */
	public sealed interface Acted {
		/** @param edition what it is now, for whoever undoes it */
		record Done(String edition) implements Acted {
			static Done of(Account account) {
				return new Done(account.edition());
			}
		}

		/** It was so already. */
		record Unchanged() implements Acted {}

		record NotFound() implements Acted {}

		/** On oneself, or on someone whose role one does not manage. */
		record NotAllowed() implements Acted {}

		/** On somebody who runs the system, without the actor's current password: it would let somebody into that account. */
		record ProofRequired() implements Acted {}

		/** It is not of the edition that it must be of: somebody else has changed it. */
		record ChangedMeanwhile() implements Acted {}

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

	/** A change that needs to know something of all the accounts that it may be of. */
	private interface Verbs {
		Verb on(Collection<Account> accounts);
	}

	/** Whether an account is as a bulk action leaves it. */
	private interface Effect {
		boolean isSo(Account account, Origin origin);
	}

	/**
	 * However often: whoever must be kept out now cannot wait.
	 *
	 * @param editions of which accounts must be, as far as they are named
	 */
	public Map<UUID, Acted> deactivate(Actor actor, Collection<UUID> ids, Map<UUID, String> editions,
			Origin.Request origin, Attempt attempt) {
		return act(actor, ids, origin, attempt,
				_ -> of(editions, (account, cause, now) -> account.deactivate(cause, now)
						? Acted.Done.of(account)
						: new Acted.Unchanged()),
				(account, _) -> !account.isActive());
	}

	private static Verb of(Map<UUID, String> editions, Verb verb) {
		return (account, cause, now) -> account.edition().equals(editions.getOrDefault(account.id(), account.edition()))
				? verb.apply(account, cause, now)
				: new Acted.ChangedMeanwhile();
	}

	/** Whether one of these, whom the actor may let in again, runs the system: for that the actor's current password is needed. */
	public boolean takesProof(Actor actor, Collection<UUID> ids) {
		return accounts.findById(ids).values().stream().anyMatch(it -> it.profile().role().runsTheSystem()
				&& actor.reach(it.id(), it.profile().role(), it.profile().organizations()) instanceof Reach.Whole);
	}

	/**
	 * @param editions as in {@link #deactivate}
	 * @param proven whether the actor has given the current password, in a session of the Portal
	 */
	public Map<UUID, Acted> reactivate(Actor actor, Collection<UUID> ids, Map<UUID, String> editions, boolean proven,
			Origin.Request origin, Attempt attempt) {
		return act(actor, ids, origin, attempt, accounts -> {
			Map<String, Delivery> mails = deliveries.find(accounts.stream().filter(account -> !account.isActive())
					.flatMap(account -> account.credentials().issue().stream()).toList());
			return of(editions, (account, cause, now) -> {
				if (account.isActive()) return new Acted.Unchanged();
				if (!proven && account.profile().role().runsTheSystem()) return new Acted.ProofRequired();
				Delivery sent = account.credentials().issue().map(mails::get).orElse(Delivery.QUEUED);
				return within(MailBudget.Item.REACTIVATION, account, cause, now, () -> account.reactivate(
						site -> sent.of(site).state() == Delivery.State.SENT, credentials, cause, now));
			});
		}, (account, _) -> account.isActive());
	}

	/**
	 * New passwords for both sites, in place of what there was.
	 *
	 * @param proven whether the actor has given the current password, in a session of the Portal
	 */
	public Map<UUID, Acted> renewCredentials(Actor actor, Collection<UUID> ids, boolean proven, Origin.Request origin,
			Attempt attempt) {
		return act(actor, ids, origin, attempt, _ -> (account, cause, now) -> {
			if (!account.isActive()) return new Acted.Deactivated();
			if (!proven && account.profile().role().runsTheSystem()) return new Acted.ProofRequired();
			return within(MailBudget.Item.CREDENTIALS, account, cause, now,
					() -> account.renewCredentials(credentials.issue(now), cause, now));
		}, (account, cause) -> account.isActive() && account.credentials().lastIssuedBy(cause));
	}

	private static Acted within(MailBudget.Item item, Account account, Origin origin, Instant now, Runnable change) {
		Optional<Duration> wait = account.mails().remaining(item, origin.actorId(), now);
		if (wait.isPresent()) return new Acted.MailedTooOften(item, wait.get());
		change.run();
		return Acted.Done.of(account);
	}

	/** Each account has its own outcome; one that another changed at the same moment is judged anew. */
	private Map<UUID, Acted> act(Actor actor, Collection<UUID> ids, Origin.Request origin, Attempt attempt, Verbs verbs,
			Effect effect) {
		Map<UUID, Acted> outcomes = new LinkedHashMap<>();
		ids.forEach(id -> outcomes.put(id, new Acted.NotFound()));
		Set<UUID> open = outcomes.keySet();
		while (!open.isEmpty()) {
			List<Account> changed = new ArrayList<>();
			Collection<Account> read = accounts.findById(open).values();
			Verb verb = verbs.on(read);
			for (Account account : read) {
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
			relay.soon(stored);
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
		if (account.memory().applied(origin.causeId()).isPresent()) {
			return effect.isSo(account, origin) ? Acted.Done.of(account) : new Acted.DoneBefore();
		}
		if (account.memory().isOver(attempt)) {
			return effect.isSo(account, origin) ? new Acted.Unchanged() : new Acted.DoneBefore();
		}
		return verb.apply(account, origin, now);
	}
}
