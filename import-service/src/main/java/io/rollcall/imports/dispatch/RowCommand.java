package io.rollcall.imports.dispatch;

import java.util.Map;
import java.util.UUID;

import io.rollcall.imports.Column;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Submission;

/** One row on its way to user-service. */
public record RowCommand(UUID importId, int recordNumber, Submission submission, Map<Column, String> cells) {
	static RowCommand of(ImportedRows rows, int recordNumber) {
		return new RowCommand(rows.id(), recordNumber, rows.submission(), rows.file().cells(recordNumber));
	}
}
