package io.rollcall.imports.meaning;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PhoneNumbersTests {
	@ParameterizedTest
	@ValueSource(strings = {"(508) 555-0101", "(508)555-0101", "5085550101", "508.555.0101", "508 555 0101",
			"508/555-0101",
			"+1 508 555 0101", "+1 (508) 555-0101", "1-508-555-0101", "001 508 555 0101", "15085550101",
			"508\u2013555\u20130101",
			"\u00A0508-555-0101", "Tel. 508-555-0101", "(w) 508-555-0101", "508-555-0101 (cell)", "5085550101.0",
			"5.085550101E9", "5.085550101E+09", "508-5550101"})
	void numberIsWrittenAsItIsAskedFor(String cell) {
		assertThat(PhoneNumbers.meant(cell)).as(cell)
				.contains(new Meant("508-555-0101", "The same number in the format xxx-xxx-xxxx"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"508-555-0101 x12", "(508) 555-0101 ext. 1234", "508.555.0101 Ext 5", "5085550101x7",
			"508-555-0101, extension 44", "508-555-0101 #3"})
	void extensionIsLeftOutAndSaid(String cell) {
		assertThat(PhoneNumbers.meant(cell)).as(cell)
				.contains(new Meant("508-555-0101", "The same number without its extension"));
	}

	@ParameterizedTest
	@ValueSource(strings = {"", "-", "555-0101", "508-555-010", "508-555-0101 / 508-555-0102", "44 20 7946 0018",
			"call me",
			"50855501011234", "508-555-O1O1"})
	void whatIsNoNumberIsNone(String cell) {
		assertThat(PhoneNumbers.meant(cell)).as(cell).isEmpty();
	}
}
