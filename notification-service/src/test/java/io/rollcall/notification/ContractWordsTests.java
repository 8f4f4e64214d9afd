package io.rollcall.notification;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import io.rollcall.contracts.Words;

import static org.assertj.core.api.Assertions.assertThat;

class ContractWordsTests {
	@Test
	void theContractsKnowWhyMailsFail() {
		assertThat(Arrays.stream(Outcome.Reason.values()).map(Outcome.Reason::code))
				.containsExactlyInAnyOrderElementsOf(Words.MAIL_FAILURES);
	}
}
