package io.rollcall.imports.meaning;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.rollcall.imports.meaning.OrganizationCell.Organization;

import static org.assertj.core.api.Assertions.assertThat;

class OrganizationCellTests {
	private static final Organization DOERING = new Organization("00050000-00050303", "Doering");
	private static final Organization PHELPS = new Organization("00050000-00050020", "Phelps");
	private static final Map<String, Organization> DIRECTORY = Map.of("Doering", DOERING, "Agawam / Doering", DOERING,
			"00050000-00050303", DOERING, "50303", DOERING, "Phelps", PHELPS, "00050000-00050020", PHELPS);

	private static Optional<Meant> meant(String cell) {
		return OrganizationCell.of(cell).meant(text -> Optional.ofNullable(DIRECTORY.get(text)));
	}

	@ParameterizedTest
	@CsvSource(delimiter = ';', value = {"Doering;00050000-00050303", "50303;00050000-00050303",
			"50303.0;00050000-00050303", "Agawam / Doering;00050000-00050303",
			"Doering (00050000-00050303);00050000-00050303",
			"00050000-00050303 - Doering;00050000-00050303", "00050000-00050303 Doering;00050000-00050303",
			"Doering, Phelps;00050000-00050303|00050000-00050020", "Phelps/Doering;00050000-00050020|00050000-00050303",
			"Doering and Phelps;00050000-00050303|00050000-00050020", "Doering & Doering;00050000-00050303",
			"00050000-00050303,00050000-00050020;00050000-00050303|00050000-00050020",
			"00050000-00050303 00050000-00050020;00050000-00050303|00050000-00050020"})
	void cellIsTheCodesOfWhatItNames(String cell, String codes) {
		assertThat(meant(cell)).as(cell).map(Meant::value).contains(codes);
	}

	@Test
	void linesAndSemicolonsSeparateToo() {
		assertThat(meant("Doering;Phelps\n50303")).contains(
				new Meant("00050000-00050303|00050000-00050020", "The code of Doering and Phelps"));
		assertThat(meant("00050000-00050303; 00050000-00050020"))
				.contains(new Meant("00050000-00050303|00050000-00050020", "The codes with a pipe between them"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "-", "nowhere", "Doering|nowhere", "Doering, nowhere", " | "})
	void oneThatMayBeAnythingLeavesTheCellAsItIs(String cell) {
		assertThat(meant(cell)).as(cell).isEmpty();
	}

	@Test
	void wholeIsAskedForBeforeItsParts() {
		assertThat(OrganizationCell.of("Agawam / Doering|50303").questions()).containsExactly("Agawam / Doering",
				"50303",
				"Agawam", "Doering");
	}

	@Test
	void blanksTakeNoTime() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long begin = threads.getCurrentThreadCpuTime();
		for (int i = 0; i < 100; i++)
			meant("a" + " ".repeat(9_998) + "b");
		assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - begin)).isLessThan(Duration.ofSeconds(1));
	}
}
