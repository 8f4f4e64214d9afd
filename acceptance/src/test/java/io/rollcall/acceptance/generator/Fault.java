package io.rollcall.acceptance.generator;

import java.util.List;
import java.util.Random;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Row;

/** The ways in which one cell can be wrong. What note that gives is not said here: the oracle must find it. */
public enum Fault {
	USERNAME_BLANK(Column.USERNAME, "", "   "),
	USERNAME_TOO_SHORT(Column.USERNAME, "abc", "a@b", "  xyz  "),
	USERNAME_TOO_LONG(Column.USERNAME, "u".repeat(51), "someone.with.a.very.long.name.indeed@district.example.org"),
	USERNAME_WITH_FOREIGN_CHARACTER(
			Column.USERNAME, "with blank", "comma,name", "quote\"name", "hash#name", "semi;colon",
			"pipe|name", "slash/name"),
	USERNAME_WITHOUT_LETTER_OR_DIGIT(Column.USERNAME, "....", "_-_-_", "'@.+-", "____________"),
	USERNAME_WITH_CONTROL(Column.USERNAME, "bell\u0007name", "tab\tname", "line\nbreak", "private\uE000name"),

	FIRST_NAME_BLANK(Column.FNAME, "", "    ", "\u200B", "\u3164 \u3164"),
	FIRST_NAME_TOO_LONG(Column.FNAME) {
		@Override
		String cell(Random random, boolean latin) {
			return Names.ofLength(26 + random.nextInt(2) * random.nextInt(100), random, latin);
		}
	},
	FIRST_NAME_WITH_CONTROL(Column.FNAME, "An\u0007na", "An\tna", "An\nna", "An\u001Bna", "An\u007Fna", "An\u0085na",
			"An\u2028na", "An\u2029na", "An\uE000na", "An\u0378na", "An\uDBFF\uDFFDna"),

	LAST_NAME_BLANK(Column.LNAME, "", "  "),
	LAST_NAME_TOO_SHORT(Column.LNAME, "X", "X\u200D", " É ", "漢", "\uD842\uDFB7", "e\u0301"),
	LAST_NAME_TOO_LONG(Column.LNAME) {
		@Override
		String cell(Random random, boolean latin) {
			return Names.ofLength(26 + random.nextInt(2) * random.nextInt(100), random, latin);
		}
	},
	LAST_NAME_WITH_CONTROL(Column.LNAME, "Le\u0001e", "Le\r\ne", "Le\u0090e", "Le\uF8FFe", "Le\u0378e"),

	EMAIL_BLANK(Column.EMAIL, "", " "),
	EMAIL_MALFORMED(Column.EMAIL, "nobody", "nobody@", "@district.example",
			"a b@district.example", "a@@district.example", "a@b@district.example", "a@district", ".a@district.example",
			"a.@district.example", "a..b@district.example", "a@.example", "a@district..example", "a@district.example.",
			"a@-district.example", "a@district-.example", "a@dis_trict.example", "a,b@district.example",
			"a;b@district.example", "<a@district.example>", "A B <a@district.example>", "a@[127.0.0.1]",
			"josé@district.example", "\"a b\"@district.example", "a@district.example, b@district.example",
			"a\u0007@district.example", "a@dis\uE000trict.example", "a\n@district.example"),
	EMAIL_TOO_LONG(Column.EMAIL, "l".repeat(65) + "@district.example", "a@" + "d".repeat(64) + ".example",
			"l".repeat(64) + "@" + ("d".repeat(62) + ".").repeat(3) + "e".repeat(255 - 64 - 1 - 189)),

	ROLE_BLANK(Column.ROLE, "", "  "),
	ROLE_UNKNOWN(Column.ROLE, "IT", "Principal", "District Test Coordinator",
			"D T C",
			"DTC|STC", "SC", "OPS", "SERVICE", "DT\u0421", "ＤＴＣ", "ſTC", "ﬆC", "DTC.", "T\u0007A"),

	ORG_BLANK(Column.ORG, "", "   "),
	ORG_UNKNOWN(Column.ORG, "99990000", "00050000-99999999", "99990000-00050303",
			"00-771777-004", "00-771779", "00350000-00050303"),
	ORG_MALFORMED(Column.ORG, "Agawam", "00050000-", "5",
			"00050000;00350000", "00050000,00350000", "00050000 00350000", "0005-0000", "00\u000750000",
			"０００５００００"),
	ORG_ONE_UNKNOWN_OF_SEVERAL(Column.ORG, "00050000|99990000",
			"00050000-00050303|00050000-99999999", "99990000 | 00350000",
			"00-771777-001|00-771777-004|00-771777-005",
			"00050000|00050000-00050303|nowhere"),
	ORG_OF_MIXED_LEVELS(Column.ORG, "00050000|00050000-00050303", "00-771777-001|00-771777",
			"00350000|00050000-00050303"),
	ORG_OF_OTHER_LEVEL(Column.ORG) {
		@Override
		String cell(Random random, boolean latin) {
			return random.nextBoolean() ? "00350000" : "00350000-00350560";
		}
	},

	PROGRAM_UNKNOWN(Column.PROGRAM, "1035", "103", "MCAS", "1030;1034", "1030 1034", "1030,1034", "1030|9999",
			"10\u000730",
			"１０３０", "01030", "1030.0"),
	PROGRAM_OF_OTHER_DISTRICTS(Column.PROGRAM, "1036", "1030|1036", "1036 | 1034"),

	PHONE_MALFORMED(Column.PHONE, "4135551234", "(413) 555-1234", "413.555.1234", "413-5551-234", "413-555-12345",
			"1-413-555-1234", "413-555-123", "413-555-12a4", "４１３-555-1234", "413-555-1234 x5", "413–555–1234",
			"413-\u0007555-1234", "413-555-1234|413-555-1235", "none"),
	FAX_MALFORMED(Column.FAX, "4135551234",
			"+14135551234", "413 555 1234", "555-1234", "٤١٣-555-1234", "-", "n/a", "413-555-\n1234"),

	ADDRESS_TOO_LONG(Column.ADDRESS) {
		@Override
		String cell(Random random, boolean latin) {
			return Names.ofLength(201 + random.nextInt(2) * random.nextInt(300), random, latin);
		}
	},
	ADDRESS_WITH_CONTROL(Column.ADDRESS, "1 Main\u0007 St", "1 Main\tSt", "1 Main\u001B[31m St", "1 Main\uE000 St",
			"1 Main\u0378 St");

	private final Column column;
	private final List<String> cells;

	Fault(Column column, String... cells) {
		this.column = column;
		this.cells = List.of(cells);
	}

	public Column column() {
		return column;
	}

	String cell(Random random, boolean latin) {
		return cells.get(random.nextInt(cells.size()));
	}

	Row in(Row row, Random random, boolean latin) {
		return row.with(column, cell(random, latin));
	}
}
