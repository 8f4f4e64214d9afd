package io.rollcall.imports.meaning;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlaceholdersTests {
	@ParameterizedTest
	@ValueSource(strings = {"", " ", "-", "--", "\u2014", "n/a", "N/A", "NA", "none", "NULL", "?", ".", "tbd", "#N/A",
			"x", "0"})
	void meansNothing(String cell) {
		assertThat(Placeholders.isOne(cell)).as(cell).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {"1030", "508-555-0101", "HS", "Nada", "none of these is a number"})
	void meansSomething(String cell) {
		assertThat(Placeholders.isOne(cell)).as(cell).isFalse();
	}
}
