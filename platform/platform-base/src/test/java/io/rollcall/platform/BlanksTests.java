package io.rollcall.platform;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BlanksTests {
	@ParameterizedTest
	@ValueSource(ints = {0x20, 0x09, 0x0A, 0xA0, 0x2007, 0x202F, 0x3000, 0x200B, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x202E,
			0x061C, 0x3164, 0xFFA0, 0x2800, 0xE0041})
	void whatCannotBeSeenIsBlankAroundATextAndStaysWithinIt(int character) {
		String blank = Character.toString(character);
		assertThat(Blanks.isBlank(blank + " " + blank)).isTrue();
		assertThat(Blanks.stripped(blank + "a" + blank + "b" + blank)).isEqualTo("a" + blank + "b");
		assertThat(Blanks.stripped(blank + blank)).isEmpty();
	}

	@Test
	void whatCanBeSeenOrHasAMeaningIsNot() {
		for (String text : new String[]{"-", "\u0301", "\uD83D\uDE00", "\uE000", "\uD800"}) {
			assertThat(Blanks.isBlank(text)).isFalse();
			assertThat(Blanks.stripped(" " + text)).isEqualTo(text);
		}
		assertThat(Blanks.isBlank("")).isTrue();
	}

	@Test
	void whatChangesTheLookOfALetterIsPartOfItAndNothingByItself() {
		String letter = "葛" + Character.toString(0xE0100);
		assertThat(Blanks.stripped(letter + " ")).isEqualTo(letter);
		assertThat(Blanks.isBlank(Character.toString(0xE0100) + "\uFE0F\u034F")).isTrue();
	}
}
