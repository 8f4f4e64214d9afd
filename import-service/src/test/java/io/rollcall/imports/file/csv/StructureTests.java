package io.rollcall.imports.file.csv;

import java.nio.CharBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.rollcall.imports.file.csv.Structure.Layout.Broken;
import io.rollcall.imports.file.csv.Structure.Layout.Sound;
import io.rollcall.imports.file.csv.Structure.Layout.TooLarge;

import static org.assertj.core.api.Assertions.assertThat;

class StructureTests {
	@Test
	void aLineHasAsManyCellsAsOneOfASpreadsheetAndNoMore() {
		assertThat(Structure.of(",".repeat(16_383))).isEqualTo(new Sound());
		assertThat(Structure.of("x\n" + ",".repeat(16_384))).isEqualTo(new TooLarge());
	}

	@Test
	void aFileHasAsManyLinesAsASpreadsheetAndNoMore() {
		assertThat(Structure.of("\n".repeat(1_048_575))).isEqualTo(new Sound());
		assertThat(Structure.of("\n".repeat(1_048_576))).isEqualTo(new TooLarge());
	}

	@ParameterizedTest
	@ValueSource(strings = {"a,\"b", "a,\"b\n", "c,\"a\"\"", "c,a\"b\"", "c,\"a\" ,b", "c,=\"a", "c,=\"a,b\"",
			"c,=\"a\nb\"",
			"c,=\"a\"b", "c,=\"a\"\"", "c,x=\"a\"", "c,'=\"a\""})
	void aQuoteIsWhereItMayBeAndIsClosed(String text) {
		assertThat(Structure.of("x,\"\ny\"\r\n" + text)).isEqualTo(new Broken(10, 8));
		assertThat(Structure.line("x,\"\ny\"\r\n" + text, 10)).isEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = {"=\"00050000\"", "a, =\"1\"\u200B ,b", "a,=\"\",b", "=\"1\"\r\n=\"2\"", "\"=\"\"1\"\"\"",
			"=,a"})
	void aFormulaThatIsATextMayBeBare(String text) {
		assertThat(Structure.of(text)).isEqualTo(new Sound());
	}

	@Test
	void linesAreCountedWhateverEndsThem() {
		assertThat(Structure.line("a\r\nb\rc\nd", 7)).isEqualTo(4);
		assertThat(Structure.line("a\r", 2)).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = {"\n", "\r\n", "\r"})
	void theLastLineThatIsNotBlankStaysWhole(String lineEnd) {
		var text = CharBuffer.wrap("a,b,," + lineEnd + ",, \t" + lineEnd + lineEnd);
		assertThat(Structure.withoutBlankEnd(text).toString()).isEqualTo("a,b,,");
	}
}
