package io.rollcall.platform;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class GraphicTests {
	@ParameterizedTest
	@ValueSource(ints = {'a', ' ', '7', '"', 0xA0, 0xDF, 0x301, 0x5D0, 0x20AC, 0x1F600})
	void whatCanBeSeenIs(int c) {
		assertThat(Graphic.is(c)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = {0, '\n', 0x85, 0xAD, 0x200B, 0x200D, 0x2028, 0x2029, 0x202E, 0xD800, 0xE000, 0xFEFF, 0xFFFF,
			0x378, 0xE0041, 0x10FFFF})
	void whatTurnsOrHidesOrStandsForNothingIsNot(int c) {
		assertThat(Graphic.is(c)).isFalse();
	}
}
