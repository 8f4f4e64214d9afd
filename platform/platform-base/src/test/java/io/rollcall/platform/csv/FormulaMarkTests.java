package io.rollcall.platform.csv;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FormulaMarkTests {
	@ParameterizedTest
	@ValueSource(strings = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"})
	void whatASpreadsheetWouldRunIsMarkedWhateverMarksStandBeforeIt(String trigger) {
		for (String cell : new String[]{trigger, trigger + "x", "'" + trigger, "'''" + trigger + "x"}) {
			assertThat(FormulaMark.added(cell)).isEqualTo("'" + cell);
			assertThat(FormulaMark.removed("'" + cell)).isEqualTo(cell);
		}
		assertThat(FormulaMark.removed(trigger + "x")).isEqualTo(trigger + "x");
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "'", "''", "x", "'x", "O'Neil", "a=b", "'a=b", " =x"})
	void whatIsNoFormulaStaysAsItIs(String cell) {
		assertThat(FormulaMark.added(cell)).isEqualTo(cell);
		assertThat(FormulaMark.removed(cell)).isEqualTo(cell);
	}

	@Test
	void markIsTakenOffAsItWasPutOn() {
		char[] alphabet = "'=x\n".toCharArray();
		for (int number = 0; number < 256; number++) {
			var cell = new StringBuilder();
			for (int rest = number; rest > 0; rest /= 4)
				cell.append(alphabet[rest % 4]);
			assertThat(FormulaMark.removed(FormulaMark.added(cell.toString()))).isEqualTo(cell.toString());
		}
	}
}
