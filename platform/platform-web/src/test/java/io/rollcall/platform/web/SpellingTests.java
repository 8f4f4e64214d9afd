package io.rollcall.platform.web;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpellingTests {
	@ParameterizedTest
	@ValueSource(strings = {"2026-12-01T24:00:00Z", "2026-12-01T10:00Z", "2026-12-01t10:00:00z", "2026-12-01T10:00:60Z",
			"2026-12-01T23:59:60Z", "2026-02-30T10:00:00Z", "2026-12-01T10:00:00", "2026-12-01T10:00:00+0100",
			"2026-12-01T10:00:00+99:00", "2026-12-01 10:00:00Z", " 2026-12-01T10:00:00Z", "+12026-12-01T10:00:00Z",
			"2026-12-01T10:00:00,5Z", "2026-12-01T10:00:00.Z", "2026-12-01T10:00:00.0000000001Z", "2026-12-01", "0",
			""})
	void aMomentIsOfRfc3339(String text) {
		assertThat(Spelling.moment(text)).isEmpty();
	}

	@Test
	void aMomentMayBeOfAnotherZone() {
		assertThat(Spelling.moment("2026-12-01T23:59:59Z")).contains(Instant.parse("2026-12-01T23:59:59Z"));
		assertThat(Spelling.moment("2026-12-01T10:00:00.123456789+01:30"))
				.contains(Instant.parse("2026-12-01T08:30:00.123456789Z"));
	}
}
