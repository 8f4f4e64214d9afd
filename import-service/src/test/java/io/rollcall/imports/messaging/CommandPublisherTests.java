package io.rollcall.imports.messaging;

import java.util.EnumMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.rollcall.imports.Column;

import static org.assertj.core.api.Assertions.assertThat;

class CommandPublisherTests {
	@Test
	void keyIsTheUsernameInOneSpelling() {
		assertThat(CommandPublisher.key(" Jose\u0301.X ", "id/1")).isEqualTo("jos\u00E9.x");
		assertThat(CommandPublisher.key("  ", "id/1")).isEqualTo("id/1");
		assertThat(CommandPublisher.key("x".repeat(5000), "id/1")).hasSize(200);
	}

	@Test
	void cellsGoAsTheyAre() {
		var cells = new EnumMap<Column, String>(Map.of(Column.ORG, "0".repeat(45_000), Column.FNAME, " a "));
		assertThat(CommandPublisher.cells(cells)).containsOnly(Map.entry("Org", "0".repeat(45_000)),
				Map.entry("Fname", " a "));
	}

	@Test
	void rowThatNoBrokerTakesIsCutButStaysAsWrong() {
		var cells = new EnumMap<Column, String>(Map.of(Column.ADDRESS, "😀".repeat(2_000_000), Column.FNAME, "a"));
		assertThat(CommandPublisher.cells(cells)).containsEntry("Fname", "a").hasEntrySatisfying("Address",
				address -> assertThat(address).hasSize(10_001).endsWith("😀…"));
	}
}
