package io.rollcall.platform;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TypedTests {
	/** The letter A of the block in which one can write between the letters of a text. */
	private static final String TAG = Character.toString(0xE0041);

	@ParameterizedTest
	@ValueSource(ints = {0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x202E, 0x200E, 0x061C, 0x2066, 0xE0041})
	void formatCharactersAreNoPartOfAnIdentifierAnywhere(int character) {
		String format = Character.toString(character);
		assertThat(Typed.identifier(format + "doe" + format + ".jane" + format)).isEqualTo("doe.jane");
	}

	@Test
	void typographicApostrophesAreThePlainOne() {
		assertThat(Typed.identifier(" o’brien‘s ")).isEqualTo("o'brien's");
		assertThat(Typed.identifier("oʼbrien")).isEqualTo("o'brien");
		assertThat(Typed.name("D’Angelo")).as("a name is as it is written").isEqualTo("D’Angelo");
	}

	@Test
	void joinersStayInNamesWhereTheyAreSpelling() {
		String persian = "علی\u200Cرضا";
		String hindi = "\u0928\u094D\u200D\u0927";
		assertThat(Typed.name(persian + "\u200C")).isEqualTo(persian);
		assertThat(Typed.name("\u200D" + hindi)).isEqualTo(hindi);
		assertThat(Typed.name("Ma\u200C\u200Dria \u200DLee-\u200CNg")).isEqualTo("Maria Lee-Ng");
	}

	@Test
	void otherFormatCharactersGoFromNames() {
		assertThat(Typed.name("\u202EMa\u200Bri\u00ADa" + TAG + " \u2066Lee\u2069")).isEqualTo("Maria Lee");
		assertThat(Typed.name(TAG + "\u200D" + TAG)).isEmpty();
		assertThat(Typed.name("José 𠮷野")).isEqualTo("José 𠮷野");
	}
}
