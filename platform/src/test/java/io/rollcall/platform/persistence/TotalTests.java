package io.rollcall.platform.persistence;

import java.util.Collections;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TotalTests {
	/** What is counted is something else than any page says, so that it shows who was asked. */
	@ParameterizedTest(name = "{0} on page {1} of {2}: {3}")
	@CsvSource({"3, 0, 50, 3", "0, 0, 50, 0", "1, 2, 2, 5", "49, 1, 50, 99", "50, 0, 50, counted", "50, 1, 50, counted",
			"0, 3, 50, counted"})
	void theLastPageSaysItItselfAndEveryOtherIsCounted(int items, int page, int size, String expected) {
		long counted = 1_000;
		long total = Total.with(Collections.nCopies(items, "one"), page, size, () -> counted);
		assertThat(total).isEqualTo(expected.equals("counted") ? counted : Long.parseLong(expected));
	}
}
