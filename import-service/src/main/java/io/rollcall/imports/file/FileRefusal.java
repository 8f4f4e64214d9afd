package io.rollcall.imports.file;

import java.util.List;

/** Why a file is refused as a whole, before any of its rows is applied. Names in it are fit to be shown. */
public sealed interface FileRefusal {
	/** Not text, not commas, broken quoting, or nothing at all (guide, Table 5). */
	record NotCsv() implements FileRefusal {}

	/** The header line is not what Table 4 asks for; at least one of the lists holds something. */
	record WrongColumns(List<String> missing, List<String> duplicate, List<String> unknown) implements FileRefusal {}

	/** No line names any column. */
	record NoHeader() implements FileRefusal {}

	/** Something stands above the line that names the columns. */
	record NotTheHeader(String firstLine) implements FileRefusal {}

	/** A record with something in a cell that no column stands over. */
	record Misfit(int recordNumber, long line) implements FileRefusal {}

	/** A cell with more in it than any field has room for. */
	record EndlessCell(int recordNumber, long line, String column, int limit) implements FileRefusal {}

	/** @param more there are more than {@code count}, which nobody counted any further */
	record TooManyRecords(int count, boolean more, int limit) implements FileRefusal {}

	/** A header line and nothing under it. */
	record NoRecords() implements FileRefusal {}
}
