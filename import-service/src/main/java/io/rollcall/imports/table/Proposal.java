package io.rollcall.imports.table;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.Column;

/**
 * How a table may be read, for somebody to look at and to change.
 *
 * @param headerLine the line that names the columns, from 1; 0 for none
 * @param skippedLines what stands above it, and at the end, and is no record; each cut
 * @param missing the columns that a file must have and nothing was found for
 * @param ignored the titles of the columns that would be left out
 * @param records how many there would be
 */
public record Proposal(List<String> sheets, String sheet, int headerLine, List<String> skippedLines,
		List<ProposedColumn> columns, List<Column> missing, List<String> ignored, int records) {
	/** By what a column was known. */
	public enum Basis {
		TITLE,
		CONTENT,
		/** This person chose it before. */
		REMEMBERED
	}

	/**
	 * @param index from 0
	 * @param target null when it would be ignored
	 */
	public record ProposedColumn(int index, String title, List<String> samples, @Nullable Target target,
			@Nullable Basis basis) {}
}
