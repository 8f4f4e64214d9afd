package io.rollcall.imports.file;

import java.util.List;

/** Why a file is refused as a whole, before any of its rows is applied. Names in it are fit to be shown. */
public sealed interface FileRefusal {
	/** Not text, not commas, or nothing at all (guide, Table 5). */
	record NotCsv() implements FileRefusal {}

	/** A quotation mark where none may be, or one that is never closed (Table 5, too). @param line where the value begins */
	record BrokenQuoting(long line) implements FileRefusal {}

	/**
	 * Some of it is UTF-8 and some is not.
	 *
	 * @param recordNumber the first with a letter that is not; 0 when it is in no record
	 */
	record TwoEncodings(int recordNumber, long line) implements FileRefusal {}

	/** The header line is not what Table 4 asks for; at least one of the lists holds something. */
	record WrongColumns(List<String> missing, List<String> duplicate, List<String> unknown) implements FileRefusal {}

	/** No line names any column. */
	record NoHeader() implements FileRefusal {}

	/** Something stands above the line that names the columns. */
	record NotTheHeader(String firstLine) implements FileRefusal {}

	/** A cell with more in it than any field has room for. */
	record EndlessCell(int recordNumber, long line, String column, int limit) implements FileRefusal {}

	/** @param more there are more than {@code count}, which nobody counted any further */
	record TooManyRecords(int count, boolean more, int limit) implements FileRefusal {}

	/** A header line and nothing under it. */
	record NoRecords() implements FileRefusal {}

	/** Nothing that can be read as a table. */
	record NoTable() implements FileRefusal {}

	/** A workbook that is broken, protected, or of another format. */
	record BrokenTable() implements FileRefusal {}

	/** @param what it has too much of, as {@code sheets} */
	record TooLargeTable(String what) implements FileRefusal {}

	/** @param what the table does not have, as {@code line 7} */
	record NoSuchPart(String what) implements FileRefusal {}
}
