package io.rollcall.platform;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BlanksTests {
	@ParameterizedTest
	@ValueSource(ints = {0x20, 0x09, 0x0A, 0xA0, 0x2007, 0x202F, 0x3000, 0x200B, 0x2060, 0xFEFF})
	void whatCannotBeSeenIsBlankAroundATextAndStaysWithinIt(int character) {
		String blank = Character.toString(character);
		assertThat(Blanks.isBlank(blank + " " + blank)).isTrue();
		assertThat(Blanks.stripped(blank + "a" + blank + "b" + blank)).isEqualTo("a" + blank + "b");
		assertThat(Blanks.stripped(blank + blank)).isEmpty();
	}

	@Test
	void whatCanBeSeenOrHasAMeaningIsNot() {
		for (String text : new String[]{"-", "\u00AD", "\u200D", "\u202E", "\uD83D\uDE00"}) {
			assertThat(Blanks.isBlank(text)).isFalse();
			assertThat(Blanks.stripped(" " + text)).isEqualTo(text);
		}
		assertThat(Blanks.isBlank("")).isTrue();
	}
}
