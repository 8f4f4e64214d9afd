package io.rollcall.imports.file;

import java.util.List;

import io.rollcall.imports.outcome.Note;

/** How user files are read and written: comma-separated values as spreadsheets do it (RFC 4180). */
public interface UserFileFormat {
	sealed interface Reading {
		record Taken(UserFile file) implements Reading {}

		record Refused(FileRefusal reason) implements Reading {}
	}

	/** Reads a file and checks it as a file; what its cells hold is not judged. */
	Reading read(byte[] content);

	/** The same of a file that may have so many records. */
	Reading read(byte[] content, int maxRecords);

	/** A file of these columns and lines, to be read by {@link #read}. */
	byte[] file(List<Column> columns, List<List<String>> lines);

	/** The columns to fill in, and no record. */
	byte[] template();

	/**
	 * The rejected rows alone, as they were uploaded, each with its notes in a last column {@code Notes}. In a file that comes back
	 * to update, what a short record lacks is absent again.
	 *
	 * @param action what the file was uploaded for
	 */
	byte[] errorFile(Action action, List<String> header, List<RejectedRow> rows);

	/** A row, maybe a short one, with the notes that say why it was rejected. */
	record RejectedRow(List<String> cells, List<Note> notes) {}
}
