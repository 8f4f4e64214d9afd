package io.rollcall.imports.meaning;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AddressesTests {
	@ParameterizedTest
	@ValueSource(strings = {"mailto:m.okafor@a.example", "Maria Okafor <m.okafor@a.example>", "<m.okafor@a.example>",
			"m.okafor @a.example", "m.okafor@ a.example", "m.okafor@a. example", "m.okafor(at)a.example",
			"m.okafor [at] a [dot] example", "m.okafor at a.example", "m.okafor@@a.example", "m.okafor@a..example",
			"m.okafor@a.example.", "m.okafor@a.example;", "\"m.okafor@a.example\"", "m.okafor\uFF20a.example",
			"m.okafor@a.example; m.okafor@b.example", "m.okafor@a.example, maria@b.example",
			"m.okafor@a.example\nmaria@b.example", "mailto:m.okafor@a.example?subject=x", "Email: m.okafor@a.example"})
	void addressIsFoundInWhatStandsThere(String cell) {
		assertThat(Addresses.email(cell, "")).as(cell).map(Meant::value).contains("m.okafor@a.example");
	}

	@Test
	void commaForTheLastDotIsOne() {
		assertThat(Addresses.email("m.okafor@a,org", "")).map(Meant::value).contains("m.okafor@a.org");
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "-", "maria", "maria@", "@a.example", "maria@a", "josé@a.example", "a@b@c.example"})
	void whatIsNoneIsNone(String cell) {
		assertThat(Addresses.email(cell, "maria")).as(cell).isEmpty();
	}

	@Test
	void cellThatHoldsNothingIsTheOtherOne() {
		assertThat(Addresses.email("n/a", "m.okafor@a.example"))
				.contains(new Meant("m.okafor@a.example", "The username, which is an address"));
		assertThat(Addresses.username("", "m.okafor@a.example"))
				.contains(new Meant("m.okafor@a.example", "The email address as username"));
		assertThat(Addresses.username("-", "none")).isEmpty();
		assertThat(Addresses.username("", "x".repeat(45) + "@a.example")).as("too long").isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"m okafor;m.okafor", "m.okafor @a.example;m.okafor@a.example",
			"mailto:m.okafor@a.example;m.okafor@a.example", "Maria Okafor <m.okafor@a.example>;m.okafor@a.example",
			"josé.peña;jose.pena", "<mokafor>;mokafor"})
	void usernameIsWhatIsLeftWithoutTheRest(String cell, String username) {
		assertThat(Addresses.username(cell, "")).as(cell).map(Meant::value).contains(username);
	}

	@ParameterizedTest
	@ValueSource(strings = {"abc", "....", "m#okafor", "\u7530\u4E2D\u592A\u90CE"})
	void usernameThatCannotBeMendedIsNone(String cell) {
		assertThat(Addresses.username(cell, "")).as(cell).isEmpty();
	}

	/** Of what somebody pastes there, nothing takes long. */
	@Test
	void nastyTextsTakeNoTime() {
		for (String part : new String[]{"?,", "a@", ". ", "<", "(at)", "@ ", ";a@b.c", "\n", "?\n,"}) {
			Addresses.email(part.repeat(150), "");
			Addresses.email("a@" + part.repeat(140) + "X", "");
			Addresses.username(part.repeat(150), "");
		}
	}
}
