package io.rollcall.gateway;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BearerTokenTests {
	@ParameterizedTest
	@ValueSource(strings = {"Bearer abc", "bearer abc", "BEARER abc", "bEaReR abc"})
	void schemeIsKnownInAnyCase(String header) {
		assertThat(BearerToken.of(header)).contains("abc");
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "Bearer", "Bearerabc", "Basic abc", " Bearer abc"})
	void whatIsNoneHasNone(String header) {
		assertThat(BearerToken.of(header)).isEmpty();
	}
}
