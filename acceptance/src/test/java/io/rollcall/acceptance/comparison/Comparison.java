package io.rollcall.acceptance.comparison;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Csv;
import io.rollcall.acceptance.oracle.Outcome;
import io.rollcall.acceptance.oracle.Prediction;
import io.rollcall.acceptance.oracle.Row;
import io.rollcall.acceptance.oracle.Text;
import io.rollcall.acceptance.system.Imports;
import io.rollcall.acceptance.system.Imports.ImportRow;
import io.rollcall.acceptance.system.Imports.ImportState;

/** Sets what the system says of a completed import against what the oracle says, and tells each difference readably. */
public final class Comparison {
	private final List<String> differences = new ArrayList<>();
	private final String what;

	private Comparison(String what) {
		this.what = what;
	}

	/** Summary, rows and error file; nothing when all is as it should be. */
	public static List<String> of(String what, Imports imports, ImportState state, List<Column> columns, List<Row> rows,
			Prediction prediction) {
		var comparison = new Comparison(what);
		comparison.summary(state, prediction);
		comparison.rows(imports.rows(state.id()), rows, prediction);
		if (prediction.rejected() > 0) {
			comparison.errorFile(imports.errors(state.id()), columns, rows, prediction);
		}
		return comparison.differences;
	}

	/** The rows alone: of a dry run, whose summary has words of its own. */
	public static List<String> ofRows(String what, Imports imports, ImportState state, List<Row> rows,
			Prediction prediction) {
		var comparison = new Comparison(what);
		comparison.rows(imports.rows(state.id()), rows, prediction);
		return comparison.differences;
	}

	private void summary(ImportState state, Prediction prediction) {
		differ("total", prediction.total(), state.total());
		differ("rejected", prediction.rejected(), state.rejected());
		differ("processed", prediction.processed(), state.processed());
		differ("created", prediction.count(Outcome.Kind.CREATED), state.created());
		differ("updated", prediction.count(Outcome.Kind.UPDATED), state.updated());
		differ("unchanged", prediction.count(Outcome.Kind.UNCHANGED), state.unchanged());
		differ("message", prediction.message(), state.message());
	}

	private void rows(List<ImportRow> actual, List<Row> rows, Prediction prediction) {
		differ("record numbers", IntStream.rangeClosed(1, rows.size()).boxed().toList(),
				actual.stream().map(ImportRow::recordNumber).toList());
		for (int i = 0; i < Math.min(rows.size(), actual.size()); i++) {
			Outcome expected = prediction.outcomes().get(i);
			ImportRow row = actual.get(i);
			if (!row.outcome().equals(expected.kind().name().toLowerCase(Locale.ROOT))
					|| !row.notes().equals(expected.notes())) {
				differences.add("%s: record %d %s%n    expected %s %s%n    actual   %s %s".formatted(what, i + 1,
						rows.get(i).inOrder(), expected.kind(), expected.notes(),
						row.outcome().toUpperCase(Locale.ROOT), row.notes()));
			}
		}
	}

	private void errorFile(byte[] bytes, List<Column> columns, List<Row> rows, Prediction prediction) {
		String text = new String(bytes, StandardCharsets.UTF_8);
		if (!text.startsWith("\uFEFF")) {
			differences.add(what + ": the error file has no byte order mark");
		}
		List<List<String>> lines = Csv.read(text);
		if (lines.isEmpty() || !text.contains("\r\n")) {
			differences.add(what + ": the error file has no lines that end in CRLF");
			return;
		}
		List<String> header = lines.getFirst();
		var rejected = IntStream.range(0, rows.size()).filter(i -> prediction.outcomes().get(i).isRejected()).boxed()
				.toList();
		var wanted = new ArrayList<>(reached(columns, rejected.stream().map(rows::get).toList()).stream()
				.map(column -> column.header().toLowerCase(Locale.ROOT)).toList());
		wanted.add("notes");
		differ("the error file's columns", wanted.stream().sorted().toList(),
				header.stream().map(name -> name.toLowerCase(Locale.ROOT)).sorted().toList());
		differ("the error file's last column", "Notes", header.getLast());
		differ("the error file's records", rejected.size(), lines.size() - 1);
		for (int i = 0; i < Math.min(rejected.size(), lines.size() - 1); i++) {
			int record = rejected.get(i);
			List<String> expected = new ArrayList<>();
			for (String name : header) {
				expected.add(name.equalsIgnoreCase("Notes")
						? prediction.outcomes().get(record).joinedNotes()
						: marked(rows.get(record), name));
			}
			differ("the error file's line of record " + (record + 1), visible(expected), visible(lines.get(i + 1)));
		}
	}

	/** Without those at the end that no record has, if a file may go without them. */
	private static List<Column> reached(List<Column> columns, List<Row> rows) {
		int end = columns.size();
		while (!columns.get(end - 1).isRequired() && !anyHas(rows, columns.get(end - 1))) {
			end--;
		}
		return columns.subList(0, end);
	}

	private static boolean anyHas(List<Row> rows, Column column) {
		return rows.stream().anyMatch(row -> row.has(column));
	}

	/** As uploaded, except that a spreadsheet must not run it; what a record lacks is said in words. */
	private static String marked(Row row, String name) {
		for (Column column : Column.values()) {
			if (column.header().equalsIgnoreCase(name)) {
				return row.has(column) ? Text.withMark(Text.withoutMark(row.cell(column))) : "(unchanged)";
			}
		}
		return "";
	}

	private static List<String> visible(List<String> cells) {
		return cells.stream().map(Text::visible).toList();
	}

	private void differ(String name, Object expected, Object actual) {
		if (!expected.equals(actual)) {
			differences.add("%s: %s%n    expected %s%n    actual   %s".formatted(what, name, expected, actual));
		}
	}
}
