package io.rollcall.platform.web;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.rollcall.platform.web.Problems.FieldError;

import static org.assertj.core.api.Assertions.assertThat;

class PageResponseTests {
	@Test
	void lastPageMayBeShortAndBehindItThereIsNothing() {
		List<Integer> all = List.of(1, 2, 3, 4, 5);
		assertThat(PageResponse.part(all, 1, 2)).containsExactly(3, 4);
		assertThat(PageResponse.part(all, 2, 2)).containsExactly(5);
		assertThat(PageResponse.part(all, 1_000_000, 10_000)).isEmpty();
		assertThat(PageResponse.of(List.of(5), 2, 2, 5).totalPages()).isEqualTo(3);
		assertThat(PageResponse.of(List.of(), 0, 50, 0).totalPages()).isZero();
	}

	@Test
	void allThatIsWrongWithAPageIsSaidAtOnce() {
		assertThat(PageResponse.errors(0, 200, 200)).isEmpty();
		assertThat(PageResponse.errors(-1, 201, 200)).extracting(FieldError::field).containsExactly("page", "size");
		assertThat(PageResponse.errors(1_000_001, 0, 200)).extracting(FieldError::message).containsExactly(
				"The page must be between 0 and 1000000.", "The size must be between 1 and 200.");
	}

	@Test
	void searchIsAsLongAsSomebodyTypes() {
		for (String good : new String[]{null, "", "x".repeat(100), "\uD83D\uDE00".repeat(100)})
			assertThat(SearchText.errors(good)).isEmpty();
		assertThat(SearchText.errors("x".repeat(101))).extracting(Problems.FieldError::field).containsExactly("search");
	}

	@Test
	void idempotencyKeyIsVisibleAscii() {
		for (String good : new String[]{null, "a", "!~".repeat(127)})
			assertThat(IdempotencyKey.errors(good)).isEmpty();
		for (String bad : new String[]{"", "a b", "é", "x".repeat(256)})
			assertThat(IdempotencyKey.errors(bad)).hasSize(1);
	}
}
