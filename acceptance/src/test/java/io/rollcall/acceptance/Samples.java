package io.rollcall.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

import io.rollcall.acceptance.oracle.Column;
import io.rollcall.acceptance.oracle.Csv;
import io.rollcall.acceptance.oracle.Row;

/** The files that come with the system. */
public final class Samples {
	private static final Path FOLDER = Path.of("../samples");

	private Samples() {}

	public static byte[] bytes(String name) {
		try {
			return Files.readAllBytes(FOLDER.resolve(name));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** The rows of a sample, which has all ten columns. */
	public static List<Row> rows(String name) {
		var lines = Csv.read(new String(bytes(name), StandardCharsets.UTF_8));
		var rows = new ArrayList<Row>();
		for (List<String> line : lines.subList(1, lines.size())) {
			var cells = new EnumMap<Column, String>(Column.class);
			for (Column column : Column.values()) {
				cells.put(column, line.get(lines.getFirst().indexOf(column.header())));
			}
			rows.add(new Row(cells));
		}
		return rows;
	}
}
