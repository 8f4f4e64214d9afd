package io.rollcall.imports.meaning;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ProgramWordsTests {
	private static final List<ProgramWords.Program> PROGRAMS = List.of(
			new ProgramWords.Program("1030", "MCAS Grades 3-8"), new ProgramWords.Program("1034", "MCAS High School"));

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"MCAS Grades 3-8;1030", "Grades 3-8;1030", "grade 3 - 8;1030", "3-8;1030",
			"3\u20138;1030", "3 to 8;1030", "Gr. 3-8;1030", "MCAS 3-8;1030", "MCAS High School;1034",
			"High School;1034",
			"HS;1034", "H.S.;1034", "high;1034", "Grade 10;1034", "10th grade;1034", "9-12;1034", "Grade 5;1030",
			"5-8;1030", "1030;1030", "1030.0;1030", "1030 (Grades 3-8);1030", "1,030;1030", "1030, 1034;1030|1034",
			"1030;1030", "1030/1034;1030|1034", "1030 1034;1030|1034", "10301034;1030|1034", "1,030,1,034;1030|1034",
			"3-8, High School;1030|1034", "3-8 and HS;1030|1034", "3-8 & 10;1030|1034",
			"High School / Grades 3-8;1034|1030",
			"8-Mar;1030", "Mar-08;1030", "3/8/2026;1030", "2026-03-08;1030", "2026-03-08 00:00:00;1030", "12-Sep;1034"})
	void nameOrGradesAreAProgram(String cell, String ids) {
		assertThat(ProgramWords.meant(cell, PROGRAMS)).as(cell).map(Meant::value).contains(ids);
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "1036", "1", "2", "K-2", "Elementary", "3-12", "SAT", "1030|9999", "MCAS", "14-Mar",
			"x,y"})
	void whatIsNoneIsNone(String cell) {
		assertThat(ProgramWords.meant(cell, PROGRAMS)).as(cell).isEmpty();
	}

	@Test
	void allOfThemAreBlank() {
		assertThat(ProgramWords.meant("All programs", PROGRAMS))
				.contains(new Meant("", "Blank, which means all programs"));
		assertThat(ProgramWords.meant("Both", PROGRAMS)).map(Meant::value).contains("");
	}

	@Test
	void reasonNamesThem() {
		assertThat(ProgramWords.meant("3-8, HS", PROGRAMS))
				.contains(new Meant("1030|1034", "The ID of MCAS Grades 3-8 and MCAS High School"));
	}
}
