package io.rollcall.user.row.comparison;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.rollcall.user.row.comparison.Comparison.Compared;
import io.rollcall.user.row.comparison.Comparison.Group;
import io.rollcall.user.testing.Fixtures;

import static org.assertj.core.api.Assertions.assertThat;

/** How many people a list may change or lose before somebody has to say the number. */
class ComparisonTests {
	@ParameterizedTest(name = "{0} people, {1} changed, {2} moved, {3} left: {4}")
	@CsvSource({"1000, 8, 5, 7, false", "1000, 8, 5, 8, true", "30, 1, 1, 1, false", "30, 1, 1, 2, true",
			"0, 0, 0, 0, false", "0, 0, 1, 0, true", "5, 0, 0, 1, true"})
	void manyAreMoreThanTwentyOrATenth(int people, int changed, int moved, int left, boolean held) {
		List<Compared> records = new ArrayList<>();
		records.addAll(Collections.nCopies(changed, record(Group.CHANGED)));
		records.addAll(Collections.nCopies(moved, record(Group.MOVED)));
		records.addAll(Collections.nCopies(40, record(Group.NEW)));
		records.addAll(Collections.nCopies(40, record(Group.PROBABLE)));
		var comparison = new Comparison(people, records,
				Collections.nCopies(left, Fixtures.account("maria.okafor")), List.of());
		assertThat(comparison.affected()).isEqualTo(changed + moved + left);
		assertThat(comparison.isHeld()).isEqualTo(held);
	}

	private static Compared record(Group group) {
		return new Compared(group, null, null, List.of(), List.of(), List.of());
	}
}
