package io.rollcall.user.row.web;

import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RowAllowanceTests {
	private final RowAllowance allowance = new RowAllowance();

	@Test
	void nobodyAsksFasterThanByFiles() {
		UUID account = UUID.randomUUID();
		for (int rows = 0; rows < RowAllowance.ROWS_A_DAY; rows += 200)
			allowance.take(account, 200);
		assertThatThrownBy(() -> allowance.take(account, 1)).isInstanceOfSatisfying(ErrorResponseException.class,
				refusal -> {
					assertThat(refusal.getStatusCode().value()).isEqualTo(429);
					assertThat(refusal.getHeaders().getFirst("Retry-After")).isBetween("86390", "86401");
				});
		assertThatCode(() -> allowance.take(UUID.randomUUID(), 200)).doesNotThrowAnyException();
	}

	@Test
	void whoLooksAtOneListAgainAndAgainHasHadItOnce() {
		UUID account = UUID.randomUUID();
		for (int look = 0; look < 100; look++)
			allowance.takeOnce(account, 10_000, "a list");
		assertThatCode(() -> allowance.take(account, RowAllowance.ROWS_A_DAY - 10_000)).doesNotThrowAnyException();
		assertThatThrownBy(() -> allowance.takeOnce(account, 1, "another list"))
				.isInstanceOf(ErrorResponseException.class);
		assertThatCode(() -> allowance.takeOnce(account, 10_000, "a list")).doesNotThrowAnyException();
		allowance.takeOnce(UUID.randomUUID(), 10_000, "another list");
		assertThatThrownBy(() -> allowance.takeOnce(account, 1, "another list")).as("of somebody else")
				.isInstanceOf(ErrorResponseException.class);
	}

	@Test
	void whoIsRefusedHasHadNone() {
		UUID account = UUID.randomUUID();
		for (int rows = 200; rows < RowAllowance.ROWS_A_DAY; rows += 200)
			allowance.take(account, 200);
		assertThatThrownBy(() -> allowance.take(account, 201)).isInstanceOf(ErrorResponseException.class);
		assertThatCode(() -> allowance.take(account, 200)).doesNotThrowAnyException();
	}
}
