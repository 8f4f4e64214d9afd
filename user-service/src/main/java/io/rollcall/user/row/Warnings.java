package io.rollcall.user.row;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.stereotype.Component;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.roster.Roster;

/**
 * Warns of what rows write, or would: of all fields of a new account, of those that change of another. A row that has no effect gives
 * no reason to warn of anything.
 */
@Component
public class Warnings {
	private final Roster roster;
	private final AccountRepository accounts;

	public Warnings(Roster roster, AccountRepository accounts) {
		this.roster = roster;
		this.accounts = accounts;
	}

	/**
	 * The warnings of each row, in the order of the columns.
	 *
	 * @param outcomes of the rows, by command id
	 * @return by command id; a row without any is missing
	 */
	public Map<String, List<Warning>> of(List<Row> rows, Map<String, Outcome> outcomes) {
		Map<UUID, Actor> uploaders = new HashMap<>();
		Map<String, List<Warning>> warnings = new HashMap<>();
		for (Row row : rows) {
			Set<Warning> found = switch (outcomes.get(row.commandId())) {
				case Outcome.Created _ -> ofNew(row, uploaders);
				case Outcome.Updated _ when row.undo() != null -> Set.of(); // it was there before
				case Outcome.Updated it -> ofTexts(row.draft(),
						it.changes().stream().map(Profile.Change::field).collect(Collectors.toSet()));
				case null -> Set.of();
				case Outcome.Unchanged _,Outcome.Deactivated _,Outcome.Rejected _ -> Set.of();
			};
			if (!found.isEmpty()) warnings.put(row.commandId(), List.copyOf(found));
		}
		return warnings;
	}

	private Set<Warning> ofNew(Row row, Map<UUID, Actor> uploaders) {
		Set<Warning> warnings = ofTexts(row.draft(), EnumSet.allOf(Field.class));
		// Asked for whether there is anybody or not: how long it takes must not tell of somebody out of sight.
		Actor actor = uploaders.computeIfAbsent(row.uploaderId(), this::actor);
		if (roster.hasUnderOtherUsername(person(row.draft()), row.uploadedAt(), actor)) {
			warnings.add(Warning.USER_UNDER_OTHER_USERNAME);
		}
		return warnings;
	}

	private static Roster.Person person(Draft draft) {
		return new Roster.Person(draft.text(Field.USERNAME), draft.text(Field.FIRST_NAME), draft.text(Field.LAST_NAME),
				draft.text(Field.EMAIL));
	}

	private Actor actor(UUID id) {
		return accounts.find(id).filter(Account::isActive).map(Account::asActor).orElse(Actor.NOBODY);
	}

	private static Set<Warning> ofTexts(Draft draft, Set<Field> written) {
		return Arrays.stream(Warning.values())
				.filter(it -> written.contains(it.field()) && it.isIn(draft.text(it.field())))
				.collect(Collectors.toCollection(() -> EnumSet.noneOf(Warning.class)));
	}
}
