package io.rollcall.platform.csv;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FileCellTests {
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '\u0000', value = {
			"=\"00050000\"      | 00050000",
			"=\"a\"             | a",
			"=\"O\"\"Neil\"     | O\"Neil",
			"=\"\"\"\"          | \"",
			"=\"=1+1\"          | =1+1"})
	void formulaOfATextAloneIsThatText(String cell, String text) {
		assertThat(FileCell.shown(cell)).isEqualTo(text);
		assertThat(FileCell.shown("\u00a0" + cell + " ")).isEqualTo(text);
	}

	@Test
	void formulaOfNothingIsEmpty() {
		assertThat(FileCell.shown("=\"\"")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "a", "=", "=\"", "=\"a", "x=\"a\"", "=\"a\"x", "=\"\"a\"", "=\"a\"b\"", "=a",
			"=\"a\"&\"b\""})
	void anythingElseStaysAsItIs(String cell) {
		assertThat(FileCell.shown(cell)).isEqualTo(cell);
	}

	@Test
	void cellIsReadWithoutTheMarkThatKeepsItFromBeingRun() {
		assertThat(FileCell.read("'=1+1")).isEqualTo("=1+1");
		assertThat(FileCell.read("=\"'=1+1\"")).isEqualTo("=1+1");
		assertThat(FileCell.read("O'Neil")).isEqualTo("O'Neil");
	}

	@Test
	void absentIsWhatAnErrorFileSaysSo() {
		assertThat(FileCell.isAbsent(" (unchanged)\u00a0")).isTrue();
		assertThat(FileCell.isAbsent("unchanged")).isFalse();
		assertThat(FileCell.isAbsent("")).isFalse();
	}
}
