package io.rollcall.user.account.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EntityTagsTests {
	@ParameterizedTest
	@ValueSource(strings = {"\"7.0a1b2c3d\"", "W/\"7.0a1b2c3d\"", "\"7.0a1b2c3d-gzip\"", "\"7.0a1b2c3d--gzip\"",
			"\"7.0a1b2c3d;gzip\"", "W/\"7.0a1b2c3d-br\"", "\"7.0a1b2c3d:zstd\"", "\"7.0a1b2c3d/brotli\"", "\"7\"",
			" \"7-gzip\" ",
			"\"7.0a1b2c3d\", \"7.0a1b2c3d-gzip\"", "W/\"7.0a1b2c3d\" ,\"7.ffffffff\""})
	void theVersionStandsInEveryFormOfTheTag(String ifMatch) {
		assertThat(EntityTags.version(ifMatch)).isEqualTo(7);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = {"", "*", "7", "7.0a1b2c3d", "\"one\"", "\"7.0a1b\"", "\"7.0a1b2c3dgzip\"",
			"w/\"7.0a1b2c3d\"", "\"7\",",
			"\"7.0a1b2c3d\", \"8.0a1b2c3d\"", "\"7.0a1b2c3d\", *", "\"-7\"", "\"7\"\"8\"", "\"1234567890123456789\""})
	void whatIsNoTagOfOursSaysNoVersion(String ifMatch) {
		assertThatExceptionOfType(ErrorResponseException.class).isThrownBy(() -> EntityTags.version(ifMatch))
				.satisfies(refused -> assertThat(refused.getStatusCode().value()).isEqualTo(428));
	}

	@Test
	void aTagOfOneHundredThousandPartsIsReadAtOnce() {
		assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> EntityTags.version("\"7-" + "-".repeat(100_000) + ","));
	}
}
