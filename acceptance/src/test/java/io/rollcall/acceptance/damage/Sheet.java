package io.rollcall.acceptance.damage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Csv;
import io.rollcall.acceptance.oracle.Row;

/** A file in the making: lines of cells as they are written, quotation marks and all. */
final class Sheet {
	/** One line. */
	static final class Line {
		final List<String> cells;
		Charset charset = StandardCharsets.UTF_8;

		Line(List<String> cells) {
			this.cells = new ArrayList<>(cells);
		}

		String text() {
			return String.join(",", cells);
		}

		void set(Column column, String cell) {
			while (cells.size() <= column.ordinal())
				cells.add("");
			cells.set(column.ordinal(), cell);
		}

		String cell(Column column) {
			return column.ordinal() < cells.size() ? cells.get(column.ordinal()) : "";
		}
	}

	final Random random;
	final List<Line> above = new ArrayList<>();
	final Line header;
	final List<Line> records = new ArrayList<>();
	/** How much of the end is missing, in characters. */
	int brokenOff;
	private final String lineEnd;

	Sheet(Random random, List<Row> rows, String lineEnd) {
		this.random = random;
		this.lineEnd = lineEnd;
		header = new Line(List.of(Column.values()).stream().map(Column::header).toList());
		for (Row row : rows)
			records.add(new Line(
					List.of(Column.values()).stream().map(column -> Csv.cell(row.cell(column), false)).toList()));
	}

	Line anyRecord() {
		return records.get(random.nextInt(records.size()));
	}

	String pick(String... texts) {
		return texts[random.nextInt(texts.length)];
	}

	byte[] bytes() {
		var all = new ArrayList<>(above);
		all.add(header);
		all.addAll(records);
		var bytes = new ByteArrayOutputStream();
		for (Line line : all) {
			String text = line.text() + lineEnd;
			if (line == all.getLast()) text = text.substring(0, Math.max(1, text.length() - brokenOff));
			bytes.writeBytes(text.getBytes(line.charset));
		}
		return bytes.toByteArray();
	}
}
