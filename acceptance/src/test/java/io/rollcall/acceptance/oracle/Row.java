package io.rollcall.acceptance.oracle;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A record as uploaded: raw cells by column; a column that the file does not have is absent. */
public record Row(Map<Column, String> cells) {
	public Row {
		cells = Map.copyOf(cells);
	}

	/** All ten columns in the template's order; cells left off at the end are blank. */
	public static Row of(String... cells) {
		var byColumn = new EnumMap<Column, String>(Column.class);
		for (Column column : Column.values()) {
			byColumn.put(column, column.ordinal() < cells.length ? cells[column.ordinal()] : "");
		}
		return new Row(byColumn);
	}

	public Row with(Column column, String cell) {
		var changed = new EnumMap<Column, String>(cells);
		changed.put(column, cell);
		return new Row(changed);
	}

	public Row without(Column column) {
		var changed = new EnumMap<Column, String>(cells);
		changed.remove(column);
		return new Row(changed);
	}

	/** The same with blank cells for those that it lacks of these columns. */
	public Row filled(List<Column> columns) {
		var filled = new EnumMap<Column, String>(Column.class);
		columns.forEach(column -> filled.put(column, cell(column)));
		return new Row(filled);
	}

	public boolean has(Column column) {
		return cells.containsKey(column);
	}

	public String cell(Column column) {
		return Objects.requireNonNullElse(cells.get(column), "");
	}

	/** The cells in the template's order, as a person can read them in a failure. */
	public List<String> inOrder() {
		return cells.entrySet().stream().sorted(Map.Entry.comparingByKey())
				.map(cell -> cell.getKey().header() + "=" + Text.visible(cell.getValue())).toList();
	}
}
