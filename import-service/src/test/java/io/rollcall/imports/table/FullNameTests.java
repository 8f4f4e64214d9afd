package io.rollcall.imports.table;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FullNameTests {
	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"Jane Doe;Jane;Doe", "Jane M. Doe;Jane M.;Doe", "Doe, Jane;Jane;Doe",
			"de la Cruz, Maria;Maria;de la Cruz", "Maria de la Cruz;Maria;de la Cruz",
			"Ludwig van Beethoven;Ludwig;van Beethoven",
			"Martin King Jr.;Martin;King Jr.", "Martin King, Jr.;Martin;King, Jr.",
			"Siobh\u00E1n O'Sullivan;Siobh\u00E1n;O'Sullivan",
			"  Jane \u00A0 Doe ;Jane;Doe", "Mary-Jane Smith-Jones;Mary-Jane;Smith-Jones"})
	void nameIsTakenApart(String cell, String first, String last) {
		assertThat(FullName.of(cell, false)).isEqualTo(new FullName(first, last));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"Doe Jane;Jane;Doe", "Doe, Jane M.;Jane M.;Doe"})
	void lastNameMayComeFirst(String cell, String first, String last) {
		assertThat(FullName.of(cell, true)).isEqualTo(new FullName(first, last));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"Cher;Cher", "'';''"})
	void oneWordLeavesTheFirstNameToThePerson(String cell, String last) {
		assertThat(FullName.of(cell, false)).isEqualTo(new FullName("", last));
	}
}
