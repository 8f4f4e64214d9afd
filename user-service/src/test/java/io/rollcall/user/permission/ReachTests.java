package io.rollcall.user.permission;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReachTests {
	@Test
	void nothingIsOutOfTheHandsOfOneselfAndOfWhoeverManagesTheWholeAccount() {
		assertThat(List.of(new Reach.Unseen(), new Reach.Oneself(), new Reach.SeenOnly(), new Reach.InPart(List.of()),
				new Reach.Whole())).filteredOn(Reach::coversAll)
				.containsExactly(new Reach.Oneself(), new Reach.Whole());
	}
}
