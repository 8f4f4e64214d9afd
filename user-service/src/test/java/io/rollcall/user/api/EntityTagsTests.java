package io.rollcall.user.api;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EntityTagsTests {
	private static final String CURRENT = "00112233445566ff";

	@ParameterizedTest
	@ValueSource(strings = {"\"00112233445566ff.0a1b2c3d\"", "W/\"00112233445566ff.0a1b2c3d\"",
			"\"00112233445566ff.0a1b2c3d-gzip\"", "\"00112233445566ff.0a1b2c3d--gzip\"",
			"\"00112233445566ff.0a1b2c3d;gzip\"", "W/\"00112233445566ff.0a1b2c3d-br\"",
			"\"00112233445566ff.0a1b2c3d:zstd\"", "\"00112233445566ff.0a1b2c3d/brotli\"", "\"00112233445566ff\"",
			" \"00112233445566ff-gzip\" ",
			"\"00112233445566ff.0a1b2c3d\", \"00112233445566ff.0a1b2c3d-gzip\"",
			"W/\"00112233445566ff.0a1b2c3d\" ,\"00112233445566ff.ffffffff\"",
			"\"00112233445566fe.0a1b2c3d\", \"00112233445566ff.0a1b2c3d\""})
	void theEditionStandsInEveryFormOfTheTag(String ifMatch) {
		assertThat(EntityTags.edition(ifMatch, CURRENT)).isEqualTo(CURRENT);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = {"", "*", "00112233445566ff", "00112233445566ff.0a1b2c3d", "\"one\"",
			"\"00112233445566ff.0a1b\"", "\"00112233445566ff.0a1b2c3dgzip\"",
			"w/\"00112233445566ff.0a1b2c3d\"", "\"00112233445566ff\",",
			"\"00112233445566ff.0a1b2c3d\", *", "\"7\"",
			"\"7.0a1b2c3d\"", "\"00112233445566ff\"\"00112233445566ff\"", "\"00112233445566ff0\""})
	void whatIsNoTagOfOursSaysNoEdition(String ifMatch) {
		assertThatExceptionOfType(ErrorResponseException.class).isThrownBy(() -> EntityTags.edition(ifMatch, CURRENT))
				.satisfies(refused -> assertThat(refused.getStatusCode().value()).isEqualTo(428));
	}

	@Test
	void oneThatIsNotCurrentIsStillOne() {
		assertThat(EntityTags.edition("\"00112233445566fe\", \"00112233445566fd\"", CURRENT))
				.isEqualTo("00112233445566fe");
	}

	@Test
	void aTagOfOneHundredThousandPartsIsReadAtOnce() {
		assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> EntityTags.edition("\"00112233445566ff-" + "-".repeat(100_000) + ",", CURRENT));
	}
}
