package io.rollcall.acceptance.reach;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/** The part of {@code /reach.yaml} that chains of two are held against. */
final class ChainTable {
	/**
	 * A credential and the steps that are taken with it.
	 *
	 * @param mailbox whether its holder reads the account's first mailbox
	 * @param isKnown whether the holder knows the password
	 * @param steps one that is answered with success, or all that are not
	 * @param reaches the goals that there are after them
	 */
	record Start(String name, Who who, String credential, String event, Who now, boolean mailbox, boolean isKnown,
			List<String> steps, boolean succeeds, Set<String> reaches) {
		/** Whose the credential is, somebody inside and somebody outside. */
		List<Who> people() {
			return List.of(who, Who.of("TA", now.school()), Who.of("DTC", now.far() ? Who.AGAWAM : Who.BOSTON));
		}
	}

	private final ReachTable table;
	private final JsonNode chains;
	private final List<String> steps;
	private final List<String> goals;

	ChainTable(ReachTable table) {
		this.table = table;
		chains = table.section("chains");
		steps = ReachTable.texts(chains.path("steps"));
		goals = ReachTable.texts(chains.path("goals"));
	}

	List<Start> starts() {
		var starts = new ArrayList<Start>();
		chains.path("holders").properties().forEach(row -> {
			var refused = new ArrayList<>(steps);
			JsonNode successes = row.getValue().path("steps");
			successes.propertyNames().forEach(step -> {
				if (!refused.remove(step)) throw new AssertionError("there is no step " + step);
				starts.add(start(row, List.of(step), true, ReachTable.texts(successes.path(step))));
			});
			starts.add(start(row, refused, false, List.of()));
		});
		return starts;
	}

	private Start start(Map.Entry<String, JsonNode> row, List<String> taken, boolean succeeds, List<String> besides) {
		JsonNode holder = row.getValue();
		Who who = table.who(holder);
		Set<String> reaches = new HashSet<>(ReachTable.texts(holder.path("reaches")));
		reaches.addAll(besides);
		if (!goals.containsAll(reaches)) throw new AssertionError(row.getKey() + " reaches what is no goal");
		return new Start(row.getKey(), who, holder.path("credential").asString(),
				holder.path("event").asString(ReachTable.NOTHING_HAPPENED),
				holder.has("becomes") ? table.who(holder.path("becomes")) : who,
				holder.path("mailbox").asBoolean(false),
				!holder.path("without the password").asBoolean(false), taken, succeeds, reaches);
	}

	/** Takes the first steps and compares how they are answered. */
	void take(Chain chain) {
		Start start = chain.start();
		chain.use();
		for (String step : start.steps())
			table.compare(start.name() + ", first " + step, start.succeeds() ? "done" : "refused", chain.take(step));
		chain.askForLinks();
	}

	/** Takes all that they led to, and compares what it has come to. */
	void compare(Chain chain) {
		Start start = chain.start();
		chain.gather();
		String first = start.succeeds() ? start.steps().getFirst() : "what is refused";
		for (String goal : goals)
			table.compare(start.name() + ", first " + first + ", then " + goal,
					start.reaches().contains(goal) ? "reached" : "not reached",
					chain.reaches(goal) ? "reached" : "not reached");
	}
}
