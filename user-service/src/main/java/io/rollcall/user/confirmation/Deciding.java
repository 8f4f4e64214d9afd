package io.rollcall.user.confirmation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.history.History.Author;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Reach;
import io.rollcall.user.request.Attempt;

/** Coordinators say of each account whether the person is still there. Nothing of the account changes with it. */
@Service
public class Deciding {
	private final AccountRepository accounts;
	private final DecisionRepository decisions;
	private final FactRelay relay;
	private final Clock clock;

	public Deciding(AccountRepository accounts, DecisionRepository decisions, FactRelay relay, Clock clock) {
		this.accounts = accounts;
		this.decisions = decisions;
		this.relay = relay;
		this.clock = clock;
	}

	/** @param seen the version of the decision that was shown; 0 where there was none */
	public record Asked(UUID account, Verdict verdict, long seen) {}

	/** What became of one of them. */
	public sealed interface Outcome {
		record Done(Decision decision) implements Outcome {}

		/** It was so already. */
		record Unchanged(Decision decision) implements Outcome {}

		/**
		 * Somebody has decided otherwise since it was shown.
		 *
		 * @param by as far as the actor may know
		 */
		record AlreadyDecided(Decision decision, @Nullable Author by) implements Outcome {}

		record NotFound() implements Outcome {}

		/** Of oneself, or of somebody whose role one does not manage. */
		record NotAllowed() implements Outcome {}

		/** Who is elsewhere, too, has not left as far as the actor can say. */
		record OutsideOwn(List<Organization> organizations) implements Outcome {}

		/** It is deactivated: there is nothing to decide. */
		record Deactivated() implements Outcome {}

		/** It was made later, or is nowhere where this confirmation is about. */
		record NotAsked() implements Outcome {}

		/** The same request was answered before, and this was no part of what it did. */
		record AnsweredBefore() implements Outcome {}

		/** The deadline passed, or the confirmation was closed, before this request had come to it. */
		record Over() implements Outcome {}
	}

	/** How far an actor may decide about an account: the one rule for what is shown and for what is done. */
	static Set<Verdict> allowed(Reach reach) {
		return switch (reach) {
			case Reach.Whole _ -> EnumSet.allOf(Verdict.class);
			case Reach.InPart _ -> EnumSet.of(Verdict.STAYS, Verdict.WRONG);
			case Reach.Oneself _,Reach.SeenOnly _,Reach.Unseen _ -> EnumSet.noneOf(Verdict.class);
		};
	}

	/**
	 * An outcome of each account. Empty when the confirmation takes no decisions of this actor any more, and this request has made
	 * none before.
	 */
	public Optional<Map<UUID, Outcome>> decide(Actor actor, Confirmation confirmation, List<Asked> asked,
			Origin.Request origin, Attempt attempt) {
		Instant now = clock.instant();
		boolean over = !confirmation.takesDecisionsOf(actor, now);
		if (over && !hasDecided(origin, confirmation, asked)) return Optional.empty();
		Map<UUID, Asked> open = asked.stream()
				.collect(Collectors.toMap(Asked::account, Function.identity(), (one, _) -> one, LinkedHashMap::new));
		Map<UUID, Outcome> outcomes = new LinkedHashMap<>();
		open.keySet().forEach(it -> outcomes.put(it, new Outcome.NotFound()));
		while (!open.isEmpty()) {
			Map<UUID, Account> read = accounts.findById(open.keySet());
			Map<UUID, Decision> before = decisions.find(confirmation.id(), open.keySet());
			List<Fact.Decided> made = new ArrayList<>();
			for (Account account : read.values()) {
				var one = new Judging(actor, confirmation, account, before.get(account.id()), origin.of(account.id()),
						attempt, over, now);
				outcomes.put(account.id(), one.judge(Objects.requireNonNull(open.get(account.id())), made));
			}
			Set<UUID> lost = decisions.store(made);
			relay.soon(made.stream().filter(it -> !lost.contains(it.decision().account())).toList());
			open.keySet().retainAll(lost);
		}
		return Optional.of(withAuthors(actor, outcomes));
	}

	/** Whoever asks again because the answer was lost is told what was done, after the deadline, too. */
	private boolean hasDecided(Origin.Request origin, Confirmation confirmation, List<Asked> asked) {
		return decisions.find(confirmation.id(), asked.stream().map(Asked::account).toList()).values().stream()
				.anyMatch(it -> it.isBy(origin.of(it.account())));
	}

	/** One account, as it was read. */
	private record Judging(Actor actor, Confirmation confirmation, Account account, @Nullable Decision before,
			Origin.Request origin, Attempt attempt, boolean over, Instant now) {
		Outcome judge(Asked asked, Collection<Fact.Decided> made) {
			Profile profile = account.profile();
			Reach reach = actor.reach(account.id(), profile.role(), profile.organizations());
			if (reach instanceof Reach.Unseen) return new Outcome.NotFound();
			if (before != null && before.isBy(origin) && before.verdict() == asked.verdict()) {
				return new Outcome.Done(before);
			}
			if (reach instanceof Reach.Oneself) return new Outcome.NotAllowed();
			if (!account.isActive()) return new Outcome.Deactivated();
			if (!confirmation.asksFor(account)) return new Outcome.NotAsked();
			if (!allowed(reach).contains(asked.verdict())) {
				return reach instanceof Reach.InPart(List<Organization> outside)
						? new Outcome.OutsideOwn(outside)
						: new Outcome.NotAllowed();
			}
			if (before != null && before.verdict() == asked.verdict()) return new Outcome.Unchanged(before);
			if (before != null && before.version() != asked.seen()) return new Outcome.AlreadyDecided(before, null);
			if (over) return new Outcome.Over();
			if (attempt instanceof Attempt.Answered) return new Outcome.AnsweredBefore();
			Decision decision = before == null
					? Decision.first(confirmation, account, asked.verdict(), origin, now)
					: before.changed(account, asked.verdict(), origin, now);
			made.add(new Fact.Decided(confirmation, decision, before == null ? null : before.verdict()));
			return new Outcome.Done(decision);
		}
	}

	private Map<UUID, Outcome> withAuthors(Actor reader, Map<UUID, Outcome> outcomes) {
		Set<UUID> by = new HashSet<>();
		outcomes.values().forEach(it -> {
			if (it instanceof Outcome.AlreadyDecided(Decision decision, _)) by.add(decision.by().actorId());
		});
		if (by.isEmpty()) return outcomes;
		Map<UUID, Account> authors = accounts.findById(by);
		outcomes.replaceAll((_, outcome) -> {
			if (!(outcome instanceof Outcome.AlreadyDecided(Decision decision, _))) return outcome;
			return new Outcome.AlreadyDecided(decision, Optional.ofNullable(authors.get(decision.by().actorId()))
					.flatMap(it -> Author.of(it, reader)).orElse(null));
		});
		return outcomes;
	}
}
