package io.rollcall.imports.file.csv;

import java.nio.CharBuffer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StructureTests {
	@Test
	void aLineHasAsManyCellsAsOneOfASpreadsheetAndNoMore() {
		assertThat(Structure.isSound(",".repeat(16_383))).isTrue();
		assertThat(Structure.isSound("x\n" + ",".repeat(16_384))).isFalse();
	}

	@Test
	void aFileHasAsManyLinesAsASpreadsheetAndNoMore() {
		assertThat(Structure.isSound("\n".repeat(1_048_575))).isTrue();
		assertThat(Structure.isSound("\n".repeat(1_048_576))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = {"a,\"b", "a,\"b\n", "\"a\"\"", "a\"b\"", "\"a\" ,b"})
	void aQuoteIsWhereItMayBeAndIsClosed(String text) {
		assertThat(Structure.isSound(text)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = {"\n", "\r\n", "\r"})
	void theLastLineThatIsNotBlankStaysWhole(String lineEnd) {
		var text = CharBuffer.wrap("a,b,," + lineEnd + ",, \t" + lineEnd + lineEnd);
		assertThat(Structure.withoutBlankEnd(text).toString()).isEqualTo("a,b,,");
	}
}
