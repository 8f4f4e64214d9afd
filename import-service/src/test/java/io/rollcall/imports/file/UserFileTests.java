package io.rollcall.imports.file;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.rollcall.platform.csv.FileCell;

import static org.assertj.core.api.Assertions.assertThat;

class UserFileTests {
	@Test
	void personIsTheUsernameInOneSpelling() {
		var file = new UserFile(List.of("USERNAME"),
				List.of(List.of(" Jose\u0301.X\u00A0"), List.of("\u00A0 "), List.of("x".repeat(5000)),
						List.of("O’Br\u200Bien")));
		assertThat(IntStream.rangeClosed(1, 4).mapToObj(file::person)).containsExactly("jos\u00E9.x", "",
				"x".repeat(200), "o'brien");
	}

	@Test
	void whatAShortRecordLacksIsAbsentAndSoIsWhatAnErrorFileSaysOfIt() {
		var file = new UserFile(List.of("Username", "Phone", "Fax"),
				List.of(List.of("maria", "", "1"), List.of("jo"), List.of("kim", " (unchanged) ", "2")));
		assertThat(IntStream.rangeClosed(1, 3).mapToObj(file::cells)).containsExactly(
				Map.of(Column.USERNAME, "maria", Column.PHONE, "", Column.FAX, "1"), Map.of(Column.USERNAME, "jo"),
				Map.of(Column.USERNAME, "kim", Column.FAX, "2"));
		assertThat(file.lacksCells()).isTrue();
		assertThat(new UserFile(List.of("Username", "Fax"), List.of(List.of("maria", ""))).lacksCells()).isFalse();
	}

	@Test
	void titlesAreComparedIgnoringTheCaseOfAsciiAlone() {
		assertThat(Column.titled("eMAIL")).contains(Column.EMAIL);
		assertThat(Column.titled("Emaıl")).isEmpty();
		assertThat(Column.titled("Faİ")).isEmpty();
		assertThat(Column.titled("ſername")).isEmpty();
	}

	@Test
	void columnsAreThoseOfTheFileInItsOrder() {
		var file = new UserFile(List.of("role", "Username"), List.of());
		assertThat(file.columns()).containsExactly(Column.ROLE, Column.USERNAME);
	}

	private static final Instant THEN = Instant.parse("2026-11-23T08:00:00Z");
	private final UserFile file = new UserFile(List.of("role", "Username"),
			List.of(List.of("TA", "maria"), List.of("Teacher", "jo"), List.of("King", "kim")));

	private static Correction correction(int seconds, Map<Column, String> cells) {
		return new Correction(cells, "doe.jane", THEN.plusSeconds(seconds));
	}

	@Test
	void correctionStandsInThePlaceOfCellsAndTheFileStays() {
		UserFile corrected = file.corrected(
				Map.of(2, correction(1, Map.of(Column.ROLE, "STC", Column.PHONE, "")), 3,
						correction(2, Map.of(Column.USERNAME, "Kim2"))));
		assertThat(corrected.cells(2))
				.isEqualTo(Map.of(Column.ROLE, "STC", Column.USERNAME, "jo", Column.PHONE, ""));
		assertThat(corrected.uploaded(2)).isEqualTo(Map.of(Column.ROLE, "Teacher", Column.USERNAME, "jo"));
		assertThat(corrected.cells(1)).as("a column that only another record has is absent").hasSize(2);
		assertThat(corrected.columns()).containsExactly(Column.ROLE, Column.USERNAME, Column.PHONE);
		assertThat(corrected.titles()).containsExactly("role", "Username", "Phone");
		assertThat(corrected.line(2, "-")).containsExactly("STC", "jo", "");
		assertThat(corrected.line(3, "-")).containsExactly("King", "Kim2");
		assertThat(corrected.line(1, "-")).containsExactly("TA", "maria");
		assertThat(corrected.person(3)).isEqualTo("kim2");
	}

	@Test
	void whatWasTooMuchInARecordIsSettledWithItsCorrection() {
		var torn = new UserFile(file.header(), file.records(), Set.of(1, 2));
		assertThat(torn.corrected(Map.of(2, correction(1, Map.of(Column.USERNAME, "jo")))).surplus())
				.containsExactly(1);
	}

	@Test
	void cellIsMadeAbsentByTheWordsOfAnErrorFile() {
		var absent = file.corrected(Map.of(1, correction(1, Map.of(Column.ROLE, FileCell.ABSENT))));
		assertThat(absent.cells(1)).isEqualTo(Map.of(Column.USERNAME, "maria"));
		assertThat(absent.line(1, FileCell.ABSENT)).containsExactly(FileCell.ABSENT, "maria");
	}

	@Test
	void correctedRecordsAloneAreNumberedAnewAndKeepWhatWasCorrectedBefore() {
		UserFile once = file.corrected(Map.of(3, correction(1, Map.of(Column.ROLE, "TC", Column.USERNAME, "k"))));
		UserFile part = once.only(new TreeMap<>(Map.of(2, correction(2, Map.of(Column.ROLE, "STC")), 3,
				correction(3, Map.of(Column.USERNAME, "kim2")))));
		assertThat(part.records()).containsExactly(List.of("Teacher", "jo"), List.of("King", "kim"));
		assertThat(part.cells(1)).isEqualTo(Map.of(Column.ROLE, "STC", Column.USERNAME, "jo"));
		assertThat(part.cells(2)).isEqualTo(Map.of(Column.ROLE, "TC", Column.USERNAME, "kim2"));
		assertThat(part.corrections().get(2)).extracting(Correction::at).isEqualTo(THEN.plusSeconds(3));
	}
}
