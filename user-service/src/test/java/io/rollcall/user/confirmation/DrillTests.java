package io.rollcall.user.confirmation;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.rollcall.user.testing.Repositories;

import static org.assertj.core.api.Assertions.assertThat;

/** Confirmations as chance would have them, on the real database: all that is answered is what the {@link Rulebook} says. */
class DrillTests {
	@Test
	void everyAnswerIsAsTheRulesSay() {
		drill(60);
	}

	@Test
	@Tag("long")
	void soItIsWhateverHappens() {
		Map<String, Integer> outcomes = drill(250);
		assertThat(outcomes).as("all of it happened").containsKeys("done", "unchanged", "already decided", "not found",
				"not allowed", "outside own", "deactivated", "not asked", "answered before", "over", "hand-over Done",
				"hand-over Invalid");
		for (String list : List.of("open mine", "left proposed", "open mine proposed", "settled mine"))
			assertThat(outcomes.get("listed " + list)).as(list).isPositive();
	}

	private static Map<String, Integer> drill(int times) {
		Map<String, Integer> outcomes = new TreeMap<>();
		try (Repositories repositories = Repositories.at(Drill.START)) {
			for (long seed = 1; seed <= times; seed++)
				new Drill(seed, repositories, outcomes).run(50);
		}
		System.out.println("Drills: " + outcomes);
		return outcomes;
	}
}
