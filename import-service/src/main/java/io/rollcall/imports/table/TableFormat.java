package io.rollcall.imports.table;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.FileRefusal;

/** How bytes become lines of cells. */
public interface TableFormat {
	sealed interface Reading {
		/**
		 * @param sheets the names of all
		 * @param grids those that were read: the one that was asked for, or the first few
		 */
		record Taken(List<String> sheets, List<Grid> grids) implements Reading {}

		record Refused(FileRefusal reason) implements Reading {}
	}

	/** Whether the bytes are for this format to read. Asked in the order of the formats. */
	boolean isFor(byte[] content);

	/** @param sheet its name; null for the first few */
	Reading read(byte[] content, @Nullable String sheet);
}
