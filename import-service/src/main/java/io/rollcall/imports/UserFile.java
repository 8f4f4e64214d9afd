package io.rollcall.imports;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A file that was taken: its columns, and its records with a cell for each of them, raw, in the order of the file.
 *
 * @param header the columns' names as the file spelled them; never a column twice, never an unknown one
 */
public record UserFile(List<String> header, List<List<String>> records) {
	/** @param recordNumber from 1; the header and blank lines are not counted */
	public Map<Column, String> cells(int recordNumber) {
		List<String> cells = records.get(recordNumber - 1);
		Map<Column, String> named = new EnumMap<>(Column.class);
		for (int i = 0; i < header.size(); i++) {
			named.put(Column.titled(header.get(i)).orElseThrow(), cells.get(i));
		}
		return named;
	}

	/** The columns in the order of the file. */
	public List<Column> columns() {
		return header.stream().map(name -> Column.titled(name).orElseThrow()).toList();
	}
}
