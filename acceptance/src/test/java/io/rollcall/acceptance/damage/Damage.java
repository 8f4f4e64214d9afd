package io.rollcall.acceptance.damage;

import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;

import io.rollcall.acceptance.damage.Sheet.Line;
import io.rollcall.acceptance.oracle.Column;

/** The ways in which files are damaged. What becomes of such a file is not said here: the oracle must find it. */
public enum Damage {
	SEPARATOR_LINE {
		@Override
		void to(Sheet sheet) {
			sheet.above.addFirst(new Line(List.of("sep=", "")));
		}
	},
	TITLE_LINES {
		@Override
		void to(Sheet sheet) {
			sheet.above.add(new Line(List.of("Staff list of Agawam " + (2000 + sheet.random.nextInt(30)))));
			if (sheet.random.nextBoolean()) sheet.above.add(new Line(List.of("", "", "", "")));
			if (sheet.random.nextBoolean()) sheet.above.add(new Line(List.of("As of today", "by the office")));
		}
	},
	VERSION_LINE {
		@Override
		void to(Sheet sheet) {
			sheet.above.add(new Line(List.of("version:v1.0", "", "", "", "", "", "", "", "", "")));
		}
	},
	HEADER_AGAIN {
		@Override
		void to(Sheet sheet) {
			var again = new Line(sheet.header.cells);
			if (sheet.random.nextBoolean()) again.cells.replaceAll(name -> name.toUpperCase(Locale.ROOT));
			if (sheet.random.nextInt(3) == 0) again.cells.add("Notes");
			sheet.records.add(sheet.random.nextInt(sheet.records.size() + 1), again);
		}
	},
	MARK_BEFORE_A_LINE {
		@Override
		void to(Sheet sheet) {
			Line line = sheet.random.nextInt(4) == 0 ? sheet.header : sheet.anyRecord();
			line.cells.set(0, "\uFEFF" + line.cells.getFirst());
		}
	},
	MARK_IN_A_CELL {
		@Override
		void to(Sheet sheet) {
			within(sheet, "\uFEFF");
		}
	},
	COMMA_TOO_MANY {
		@Override
		void to(Sheet sheet) {
			sheet.anyRecord().set(Column.ADDRESS, sheet.pick("6 Mill Lane, Agawam", "1 Main St,, Boston, MA", ",x"));
		}
	},
	COMMA_IN_THE_MIDDLE {
		@Override
		void to(Sheet sheet) {
			Line line = sheet.anyRecord();
			line.set(Column.LNAME, line.cell(Column.LNAME) + ", Jr.");
		}
	},
	BLANKS_TO_THE_RIGHT {
		@Override
		void to(Sheet sheet) {
			Line line = sheet.random.nextInt(3) == 0 ? sheet.header : sheet.anyRecord();
			for (int i = sheet.random.nextInt(3); i >= 0; i--)
				line.cells.add(sheet.pick("", " ", "\u00A0", "\"\""));
		}
	},
	SHORT_RECORDS {
		@Override
		void to(Sheet sheet) {
			for (int i = sheet.random.nextInt(2); i >= 0; i--) {
				Line line = sheet.anyRecord();
				int left = 1 + sheet.random.nextInt(9);
				while (line.cells.size() > left)
					line.cells.removeLast();
			}
		}
	},
	BROKEN_OFF {
		@Override
		void to(Sheet sheet) {
			sheet.brokenOff = 3 + sheet.random.nextInt(60);
		}
	},
	QUOTE_NEVER_CLOSED {
		@Override
		void to(Sheet sheet) {
			Line line = sheet.anyRecord();
			Column column = column(sheet);
			line.set(column, "\"" + line.cell(column).replace("\"", ""));
		}
	},
	QUOTE_WITHIN {
		@Override
		void to(Sheet sheet) {
			sheet.anyRecord().set(column(sheet), sheet.pick("Ana \"Ann\" B", "6\" x 9\"", "x\""));
		}
	},
	TEXT_BEHIND_A_QUOTE {
		@Override
		void to(Sheet sheet) {
			sheet.anyRecord().set(column(sheet), sheet.pick("\"Ann\" B", "\"Mill Lane, 6\"x", "\"\" \"\""));
		}
	},
	FORMULA_QUOTED {
		@Override
		void to(Sheet sheet) {
			formula(sheet, "\"=\"\"%s\"\"\"");
		}
	},
	FORMULA_BARE {
		@Override
		void to(Sheet sheet) {
			formula(sheet, "=\"%s\"");
		}
	},
	TWO_ENCODINGS {
		@Override
		void to(Sheet sheet) {
			Line line = sheet.anyRecord();
			line.set(Column.FNAME, sheet.pick("Bj\u00F6rn", "Zo\u00EB", "\u00C5sa", "Jos\u00E9"));
			line.charset = Charset.forName("windows-1252");
		}
	},
	INVISIBLE_AROUND {
		@Override
		void to(Sheet sheet) {
			Line line = sheet.random.nextInt(4) == 0 ? sheet.header : sheet.anyRecord();
			line.cells.replaceAll(cell -> cell.startsWith("\"") || sheet.random.nextBoolean()
					? cell
					: sheet.pick(INVISIBLE) + cell + sheet.pick(INVISIBLE));
		}
	},
	INVISIBLE_INSIDE {
		@Override
		void to(Sheet sheet) {
			within(sheet, sheet.pick("\u00AD", "\u200B", "\u2060", "\u200E", "\u202E", "\u200D"));
		}
	},
	LOOKALIKE_ROLE {
		@Override
		void to(Sheet sheet) {
			sheet.anyRecord().set(Column.ROLE, sheet.pick("\u017FTC", "\uFB06C", "\uFF34\uFF21", "T\u0410"));
		}
	},
	LOOKALIKE_COLUMN {
		@Override
		void to(Sheet sheet) {
			sheet.header.set(Column.EMAIL, sheet.pick("Ema\u0131l", "\u0415mail", "Ema\u200Bil"));
		}
	},
	USERNAME_TWICE {
		@Override
		void to(Sheet sheet) {
			var again = new Line(sheet.anyRecord().cells);
			again.cells.set(0, sheet.random.nextBoolean()
					? again.cells.getFirst().toUpperCase(Locale.ROOT)
					: again.cells.getFirst());
			again.set(Column.ORG, "00050000-00050405");
			sheet.records.add(sheet.random.nextInt(sheet.records.size() + 1), again);
		}
	},
	FOOTER {
		@Override
		void to(Sheet sheet) {
			var footer = new Line(List.of("Total: " + sheet.records.size()));
			if (sheet.random.nextBoolean()) footer.set(Column.ADDRESS, "");
			sheet.records.add(footer);
		}
	},
	SPREADSHEETS_NUMBER {
		@Override
		void to(Sheet sheet) {
			sheet.anyRecord().set(Column.USERNAME, sheet.pick("9.87654E+11", "3.10E+13", "2-Apr", "#N/A", "45352"));
		}
	};

	private static final String[] INVISIBLE = {"", " ", "\u00A0", "\u200B", "\u2060", "\u3000"};

	abstract void to(Sheet sheet);

	private static Column column(Sheet sheet) {
		return Column.values()[1 + sheet.random.nextInt(Column.values().length - 1)];
	}

	private static void within(Sheet sheet, String mark) {
		Line line = sheet.anyRecord();
		int cell = sheet.random.nextInt(line.cells.size());
		String text = line.cells.get(cell);
		int at = text.length() < 2 || text.startsWith("\"")
				? text.length()
				: 1 + sheet.random.nextInt(text.length() - 1);
		if (!text.endsWith("\"")) line.cells.set(cell, text.substring(0, at) + mark + text.substring(at));
	}

	private static void formula(Sheet sheet, String form) {
		Line line = sheet.anyRecord();
		for (Column column : List.of(Column.ORG, Column.PHONE, Column.PROGRAM)) {
			String cell = line.cell(column);
			if (cell.indexOf('"') < 0 && sheet.random.nextInt(3) < 2) line.set(column, form.formatted(cell));
		}
	}
}
