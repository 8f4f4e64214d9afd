package io.rollcall.user.confirmation;

import java.util.EnumMap;
import java.util.Map;

/**
 * How far a confirmation is.
 *
 * @param people all accounts, each once
 * @param places by code; whoever is at several counts at each
 */
public record Progress(Tally people, Map<String, Tally> places) {
	/** How many accounts are in each state; what none is in is absent. */
	public record Tally(Map<State, Integer> states) {
		public int accounts() {
			return states.values().stream().mapToInt(it -> it).sum();
		}

		public int of(State state) {
			return states.getOrDefault(state, 0);
		}

		/** How many are proposed for deactivation. Before the deadline that is nobody. */
		public int proposed(Phase phase) {
			return phase == Phase.OPEN
					? 0
					: states.entrySet().stream().filter(it -> it.getKey().isProposed()).mapToInt(Map.Entry::getValue)
							.sum();
		}
	}

	/** A tally under way. */
	static final class Count {
		private final Map<State, Integer> states = new EnumMap<>(State.class);

		void add(State state) {
			states.merge(state, 1, Integer::sum);
		}

		Tally tally() {
			return new Tally(states);
		}
	}
}
