package io.rollcall.imports.meaning;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.rollcall.contracts.Words;

import static org.assertj.core.api.Assertions.assertThat;

class RoleWordsTests {
	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"Teacher;TA", "teachers;TA", "Grade 5 Teacher;TA", "Math teacher;TA",
			"Proctor;TA",
			"Test Administrator;TA", "test  administrator\u00A0;TA", "Test Adminstrator;TA", "Test Admin.;TA",
			"T.A.;TA",
			"TA (Test Administrator);TA", "TA - Teacher;TA", "Para;TA", "Principal;STC", "Assistant Principal;STC",
			"School Test Coordinator;STC", "School Test Coord.;STC", "Test Coordinator;STC", "S.T.C.;STC",
			"\u017FTC;STC",
			"IT;TC", "I.T.;TC", "Tech Coordinator;TC", "Technology Coordinator;TC", "IT Director;TC",
			"Technology Teacher;TC", "District Test Coordinator;DTC", "Dist. Testing Coordinator;DTC",
			"Superintendent;DTC",
			"Reports Access Only;RAO", "reports only;RAO", "Report-only;RAO"})
	void jobIsARole(String cell, String code) {
		assertThat(RoleWords.meant(cell)).as(cell).map(Meant::value).contains(code);
	}

	@Test
	void everyRoleThatAFileMayGiveIsKnown() {
		Set<String> given = new TreeSet<>(Words.ROLES);
		given.removeAll(Set.of("SC", "OPS")); // which run the system
		assertThat(given).allSatisfy(role -> assertThat(RoleWords.meant(role.toLowerCase(Locale.ROOT)))
				.map(Meant::value).contains(role));
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "-", "King", "Administrator", "Admin", "TA/STC", "Teacher, Principal", "Nurse", "SC",
			"OPS",
			"Service Center", "Bus driver", "T"})
	void jobOfNobodyHereIsNone(String cell) {
		assertThat(RoleWords.meant(cell)).as(cell).isEmpty();
	}

	@Test
	void reasonSaysHowSureItIs() {
		assertThat(RoleWords.meant("Test Administrator")).contains(new Meant("TA", "The code of Test Administrator"));
		assertThat(RoleWords.meant("Teacher")).contains(new Meant("TA", "Probably Test Administrator"));
		assertThat(RoleWords.meant("Principal")).contains(new Meant("STC", "A guess: School Test Coordinator"));
		assertThat(RoleWords.meant("principal ")).isEqualTo(RoleWords.meant("PRINCIPAL"));
	}
}
