package io.rollcall.acceptance.oracle;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.rollcall.acceptance.oracle.Reading.Record;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ReadingTests {
	private static final String HEADER = "Username,Fname,Lname,Email,Role,Org,Address";
	private static final String ROW = "u,A,Bb,e,TA,1,x";

	private static List<Record> taken(String text) {
		return ((Reading.Taken) Reading.of(text.getBytes(UTF_8))).records();
	}

	private static List<List<String>> refused(byte[] file) {
		return ((Reading.Refused) Reading.of(file)).reasons();
	}

	@ParameterizedTest
	@ValueSource(strings = {"sep=,\n%1$s\n%2$s\n", "\uFEFF%1$s\r\n\uFEFF%1$s\r%2$s",
			"\n,,\n%1$s,,\n%2$s,, \n,\u00A0,\n",
			"%1$s,notes\n%2$s,Invalid role\n%1$s\n", "USERNAME%1$s\n%2$s"})
	void oneRecordIsOne(String form) {
		String text = form.formatted(HEADER, ROW).replace("USERNAMEUsername", "\u00A0USERNAME\u200B");
		assertThat(taken(text)).singleElement().satisfies(record -> {
			assertThat(record.row().cells()).hasSize(7).containsEntry(Column.ADDRESS, "x");
			assertThat(record.tooLong()).isFalse();
		});
	}

	@Test
	void cellsThatAreTooManyOrTooFew() {
		assertThat(taken(HEADER + "\n" + ROW + ", y,,z,\nu,A")).containsExactly(
				new Record(Row.of("u", "A", "Bb", "e", "TA", "1").without(Column.PROGRAM).without(Column.PHONE)
						.without(Column.FAX).with(Column.ADDRESS, "x, y,,z"), true),
				new Record(new Row(Map.of(Column.USERNAME, "u", Column.FNAME, "A")), false));
	}

	@Test
	void formulasThatAreTextsAndQuotes() {
		assertThat(taken(HEADER + "\n=\"u\",\"=\"\"A\"\"\",\"B\"\"b\",\"e,\nf\", =\"\" ,1,").getFirst().row())
				.isEqualTo(
						new Row(Map.of(Column.USERNAME, "u", Column.FNAME, "A", Column.LNAME, "B\"b", Column.EMAIL,
								"e,\nf",
								Column.ROLE, "", Column.ORG, "1", Column.ADDRESS, "")));
		assertThat(refused((HEADER + "\r\n" + ROW + "\r\nu,\"A\nb\"c,d\n").getBytes(UTF_8)))
				.containsExactly(List.of("line 3"));
	}

	@Test
	void twoEncodings() {
		byte[] file = (HEADER + "\nu,Zo\u00C3\u00AB\n\nv,Zo\u00EB\n").getBytes(Charset.forName("windows-1252"));
		assertThat(refused(file)).containsExactly(List.of("encoding", "ecord 2"));
		byte[] one = (HEADER + "\nu,Zo\u00EB\n").getBytes(Charset.forName("windows-1252"));
		assertThat(((Reading.Taken) Reading.of(one)).rows().getFirst().cell(Column.FNAME)).isEqualTo("Zo\u00EB");
	}

	@Test
	void titlesAndColumnsThatOnlyLookLikeOne() {
		assertThat(refused(("Staff,2026\n" + HEADER).getBytes(UTF_8)).getFirst())
				.containsExactly("The first line must name the columns", "Staff,2026");
		assertThat(refused(HEADER.replace("Email", "Ema\u0131l").getBytes(UTF_8)))
				.contains(List.of("'Ema\u0131l' is not known"));
	}
}
