package io.rollcall.platform.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitingTests {
	@Test
	void hoursAreNeverTooFew() {
		assertThat(Waiting.inWords(Duration.ofMillis(1))).isEqualTo("an hour");
		assertThat(Waiting.inWords(Duration.ofHours(1))).isEqualTo("an hour");
		assertThat(Waiting.inWords(Duration.ofHours(1).plusNanos(1))).isEqualTo("2 hours");
		assertThat(Waiting.inWords(Duration.ofHours(24))).isEqualTo("24 hours");
	}

	@Test
	void programsAreToldTheSecondAfterWhichItGoes() {
		var refusal = Waiting.refusal("mailed-too-often", "Wait.", Duration.ofMillis(1_500));
		assertThat(refusal.getStatusCode().value()).isEqualTo(429);
		assertThat(refusal.getHeaders().getFirst("Retry-After")).isEqualTo("2");
	}
}
