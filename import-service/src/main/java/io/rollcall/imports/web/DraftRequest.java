package io.rollcall.imports.web;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import io.rollcall.imports.draft.Edit;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.FileLimits;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;

/**
 * What is to be corrected: {@code {"corrections": [{"recordNumber": 2, "cells": {"Role": "TA", "Org": null}}]}}. As in a JSON Merge
 * Patch (RFC 7396), null takes a cell's correction back, and what is absent stays as it is.
 */
record DraftRequest(@Nullable List<@Nullable CorrectionRequest> corrections) {
	/**
	 * @param recordNumber from 1, each at most once
	 * @param cells by the template's column names (guide, Table 4), each of at most 10,000 characters
	 */
	record CorrectionRequest(@Nullable Integer recordNumber, @Nullable Map<String, @Nullable String> cells) {}

	/**
	 * The corrections as edits, in their order.
	 *
	 * @param total how many records the file has
	 * @param asRead reads a cell as the import reads one of a file
	 * @throws org.springframework.web.ErrorResponseException 422 with an error for each fault: {@code required},
	 *     {@code unknown-record}, {@code unknown-column}, {@code given-twice}, {@code cell-too-long}
	 */
	List<Edit> edits(int total, UnaryOperator<String> asRead) {
		List<FieldError> errors = new ArrayList<>();
		List<Edit> edits = new ArrayList<>();
		if (corrections == null) {
			errors.add(new FieldError("corrections", "required", "Say which records are corrected."));
		} else {
			Set<Integer> records = new HashSet<>();
			for (int i = 0; i < corrections.size(); i++) {
				String field = "corrections[" + i + "]";
				CorrectionRequest correction = corrections.get(i);
				if (correction == null || correction.recordNumber() == null || correction.cells() == null) {
					errors.add(new FieldError(field, "required", "A correction has a recordNumber and cells."));
					continue;
				}
				int record = correction.recordNumber();
				if (record < 1 || record > total) {
					errors.add(new FieldError(field + ".recordNumber", "unknown-record",
							"The file has the records 1 to " + total + "."));
				} else if (!records.add(record)) {
					errors.add(new FieldError(field + ".recordNumber", "given-twice",
							"Record " + record + " must be given once."));
				}
				edits.add(new Edit(record, cells(field + ".cells.", correction.cells(), asRead, errors)));
			}
		}
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		return edits;
	}

	private static Map<Column, @Nullable String> cells(String field, Map<String, @Nullable String> named,
			UnaryOperator<String> asRead, List<FieldError> errors) {
		Map<Column, @Nullable String> cells = new EnumMap<>(Column.class);
		named.forEach((name, cell) -> {
			Optional<Column> column = Column.titled(name);
			if (column.isEmpty()) {
				FieldError unknown = Problems.unknownField(name);
				errors.add(new FieldError(field + unknown.field(), "unknown-column",
						"The column '" + unknown.field() + "' is not known."));
				return;
			}
			String title = column.get().title();
			if (cells.containsKey(column.get())) {
				errors.add(
						new FieldError(field + title, "given-twice", "The cell '" + title + "' must be given once."));
			}
			if (cell != null && FileLimits.isTooLong(cell)) {
				errors.add(new FieldError(field + title, "cell-too-long",
						"The cell '%s' has more than %,d characters.".formatted(title, FileLimits.LONGEST_CELL)));
			}
			cells.put(column.get(), cell == null ? null : asRead.apply(cell));
		});
		return cells;
	}
}
