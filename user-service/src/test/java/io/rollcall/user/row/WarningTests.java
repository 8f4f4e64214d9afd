package io.rollcall.user.row;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Field;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What is warned of by a text alone. */
class WarningTests {
	private static final Charset WINDOWS = Charset.forName("windows-1252");

	@ParameterizedTest
	@ValueSource(strings = {"1.23457E+11", "4.51E+13", "1E+10", "-2.5E-05", "50000.0", "1-Mar", "01-mar", "31-Dec-99",
			"1-Jan-2024", "Mar-01", "Sep-2024", "2024-03-01", "01-03-2024", "3-1-24", "01.03.2024", "1.3.24", "TRUE",
			"FALSE"})
	void usernameThatASpreadsheetMade(String username) {
		assertThat(Warning.USERNAME_OF_SPREADSHEET.isIn(username)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {"maria.okafor", "mar-01.okafor", "jan-12", "may-21", "march-99", "1marco", "e+mail",
			"12345678",
			"45352", "2024", "j.doe-2024", "true", "false.alarm", "1.2.3.4", "10.20.304", "99-99-9999", "2024-33-01x",
			"a1E+10",
			"1e10", "1E10", "4-H@agawam.example", "30-40-50", "1-marc", "x2024-03-01", "'1-Mar'", "null",
			"413-555-0100"})
	void usernameThatSomebodyChose(String username) {
		assertThat(Warning.USERNAME_OF_SPREADSHEET.isIn(username)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#####", "Err:508",
			"1-Mar",
			"1.2E+05"})
	void nameThatASpreadsheetMade(String name) {
		assertThat(Warning.FIRST_NAME_OF_SPREADSHEET.isIn(name)).isTrue();
		assertThat(Warning.LAST_NAME_OF_SPREADSHEET.isIn(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = {"RenŽe", "DubŽ", "I–igo", "Mu–oz", "Ren‚e", "InÃ©s", "Ren?e", "Ren\uFFFDe", "JosŽ MŸller",
			"L—pez",
			"RENƒE", "ƒlodie", "Bjšrn", "Lindstršm", "HŒkan", "G”tz", "Raœl", "Jesœs", "S¿rensen", "Ana•s", "Stra§e",
			"MarÃa",
			"DÃaz", "Oâ€™Brien", "Å¡imÅ¯nek", "MichaÅ‚", "VÄƒn", "Äá»©c", "Nguyá»…n", "Nháº·t", "Ã–zil", "Ð˜Ð²Ð°Ð½",
			"ÐžÐ»ÐµÐ³",
			"Ù…Ø\u00ADÙ…Ø¯", "å¼ ä¼Ÿ", "AndrÃ\u00A0", "Mar¡a", "¥¤igo", "Sal—"})
	void nameThatWasMisread(String name) {
		assertThat(Warning.FIRST_NAME_MISREAD.isIn(name)).isTrue();
		assertThat(Warning.LAST_NAME_MISREAD.isIn(name)).isTrue();
	}

	@Test
	void namesOfPeopleAreNone() throws IOException {
		List<String> names = realNames();
		assertThat(names).hasSizeGreaterThan(400);
		for (Warning warning : List.of(Warning.FIRST_NAME_MISREAD, Warning.FIRST_NAME_OF_SPREADSHEET))
			assertThat(names).as(warning.code()).filteredOn(warning::isIn).isEmpty();
	}

	/** As they are kept. What follows on the first byte of a last letter may be no more than a blank. */
	@Test
	void namesOfPeopleInUtf8ReadAsWindows1252AreFoundNearlyAlways() throws IOException {
		List<String> missed = new ArrayList<>();
		int all = 0;
		for (String name : realNames()) {
			if (name.chars().allMatch(c -> c < 128)) continue;
			String misread = Draft.ofCells(Map.of("Fname", new String(name.getBytes(UTF_8), WINDOWS)))
					.text(Field.FIRST_NAME);
			all++;
			if (!Warning.FIRST_NAME_MISREAD.isIn(misread)) missed.add(name + " " + misread);
		}
		assertThat(all).isGreaterThan(300);
		assertThat(missed).hasSizeLessThan(all / 50);
	}

	private static List<String> realNames() throws IOException {
		try (InputStream in = WarningTests.class.getResourceAsStream("/real-names.txt")) {
			assertThat(in).isNotNull();
			return new String(in.readAllBytes(), UTF_8).lines().filter(line -> !line.startsWith("#"))
					.flatMap(line -> Stream.of(line.split(", ")))
					// Each word is somebody's name, and so is what stands together.
					.flatMap(name -> Stream.concat(Stream.of(name), Stream.of(name.split(" ")))).distinct().toList();
		}
	}
}
