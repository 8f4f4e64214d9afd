package io.rollcall.acceptance.oracle;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a file is before anybody asks who its people are, as the rules say it ("Import files"): slowly and by their letter, without a
 * line of the product's reader.
 */
public sealed interface Reading {
	/**
	 * Refused as a whole.
	 *
	 * @param reasons each in words that the refusal then has; of a file with several faults any one may be told
	 */
	record Refused(List<List<String>> reasons) implements Reading {}

	/** @param columns in the order of the file */
	record Taken(List<Column> columns, List<Record> records) implements Reading {
		public List<Row> rows() {
			return records.stream().map(Record::row).toList();
		}
	}

	/**
	 * A record; what it lacks is absent from its row.
	 *
	 * @param tooLong it has more values than the file has columns; they are joined to the last
	 */
	record Record(Row row, boolean tooLong) {}

	static Reading of(byte[] file) {
		FileText text = FileText.of(file);
		Lines lines = Lines.of(text.text());
		var reasons = new ArrayList<List<String>>();
		List<List<String>> table = lines.lines().stream().map(Lines.Line::cells).filter(cells -> !isBlank(cells))
				.toList();
		if (!table.isEmpty() && String.join("", table.getFirst()).equals("sep=")) {
			table = table.subList(1, table.size());
		}
		Optional<List<Column>> columns = table.isEmpty() ? Optional.empty() : header(table.getFirst());
		if (columns.isEmpty() && !table.isEmpty()) {
			String first = Text.code(String.join(",", withoutBlankEnd(table.getFirst())));
			reasons.add(
					List.of("The first line must name the columns", first.substring(0, Math.min(40, first.length()))));
			table.getFirst().forEach(name -> reasons.add(List.of("'" + Text.code(name) + "' is not known")));
		}
		if (lines.brokenLine() > 0) reasons.add(List.of("line " + lines.brokenLine()));
		if (text.isMixed()) reasons.add(List.of("encoding", "ecord " + recordOf(lines, columns.orElse(List.of()))));
		if (!reasons.isEmpty() || columns.isEmpty()) return new Refused(reasons);
		return new Taken(columns.get(), records(table.subList(1, table.size()), table.getFirst(), columns.get()));
	}

	private static boolean isBlank(List<String> cells) {
		return cells.stream().allMatch(cell -> Text.code(cell).isEmpty());
	}

	private static List<String> withoutBlankEnd(List<String> cells) {
		var left = new ArrayList<>(cells.stream().map(Text::trimmed).toList());
		while (!left.isEmpty() && left.getLast().isEmpty()) {
			left.removeLast();
		}
		return left;
	}

	/** The columns that a line names; empty when it does not name them. */
	private static Optional<List<Column>> header(List<String> cells) {
		List<String> names = withoutNotes(cells);
		List<Column> columns = names.stream().flatMap(name -> Stream.of(Column.values())
				.filter(column -> isSameButForAsciiCase(column.header(), name))).toList();
		boolean sound = columns.size() == names.size() && columns.stream().distinct().count() == columns.size()
				&& columns.containsAll(Column.REQUIRED);
		return sound ? Optional.of(columns) : Optional.empty();
	}

	private static List<String> withoutNotes(List<String> cells) {
		List<String> names = withoutBlankEnd(cells);
		return !names.isEmpty() && isSameButForAsciiCase(names.getLast(), "Notes")
				? names.subList(0, names.size() - 1)
				: names;
	}

	private static boolean isSameButForAsciiCase(String one, String other) {
		return one.equalsIgnoreCase(other) && one.chars().allMatch(c -> c < 128)
				&& other.chars().allMatch(c -> c < 128);
	}

	private static List<Record> records(List<List<String>> lines, List<String> header, List<Column> columns) {
		int width = withoutBlankEnd(header).size();
		var records = new ArrayList<Record>();
		for (List<String> cells : lines) {
			if (header(cells).equals(Optional.of(columns))) continue;
			var own = new ArrayList<>(cells);
			while (own.size() > width && Text.code(own.getLast()).isEmpty()) {
				own.removeLast();
			}
			boolean tooLong = own.size() > width;
			int last = columns.size() - 1;
			while (own.size() > width) {
				own.set(last, own.get(last) + "," + own.remove(last + 1));
			}
			var named = new EnumMap<Column, String>(Column.class);
			for (int i = 0; i < Math.min(own.size(), columns.size()); i++) {
				named.put(columns.get(i), own.get(i));
			}
			records.add(new Record(new Row(named), tooLong));
		}
		return List.copyOf(records);
	}

	/** The number of the first record with a byte that is not UTF-8. */
	private static int recordOf(Lines lines, List<Column> columns) {
		int record = 0;
		for (Lines.Line line : lines.lines()) {
			boolean counts = !isBlank(line.cells()) && !header(line.cells()).equals(Optional.of(columns))
					&& !String.join("", line.cells()).equals("sep=");
			if (!counts) continue;
			record++;
			if (line.cells().stream().anyMatch(cell -> cell.indexOf(FileText.FOREIGN) >= 0)) return record;
		}
		return 0;
	}
}
