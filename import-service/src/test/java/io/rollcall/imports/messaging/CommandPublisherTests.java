package io.rollcall.imports.messaging;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.imports.file.Column;

import static org.assertj.core.api.Assertions.assertThat;

class CommandPublisherTests {
	@Test
	void rowBringsAlongWhatFitsTheLatestFirstOfAllAndNothingThatIsRejectedAnyway() {
		Map<Column, String> huge = Map.of(Column.ADDRESS, "x".repeat(100_001));
		Map<Column, String> large = Map.of(Column.ADDRESS, "x".repeat(60_000));
		Map<Column, String> small = Map.of(Column.FNAME, "Mary");
		assertThat(CommandPublisher.earlier(List.of())).isEmpty();
		assertThat(CommandPublisher.earlier(List.of(small, huge, large))).containsExactly(Map.of("Fname", "Mary"),
				Map.of("Address", "x".repeat(60_000)));
		assertThat(CommandPublisher.earlier(List.of(large, small, large))).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = {"\u0001", "\"", "é", "漢", "😀"})
	void rowAndWhatItBringsAlongFitTheBrokerInWhateverWayTheyAreWritten(String character) {
		Map<Column, String> wide = new EnumMap<>(Column.class);
		for (Column column : Column.values())
			wide.put(column, character.repeat(10_000 / character.length()));
		Map<Column, String> endless = Map.of(Column.ADDRESS, character.repeat(100_000 / character.length()));
		for (Map<Column, String> row : List.of(wide, endless)) {
			byte[] written = JsonMapper.shared().writeValueAsBytes(List.of(CommandPublisher.cells(row),
					CommandPublisher.earlier(List.of(wide, endless, wide, endless))));
			assertThat(written).hasSizeLessThan(1_000_000);
		}
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
