package io.rollcall.imports.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.Column;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Note;
import io.rollcall.imports.Outcome;

/** A row with its cells as uploaded, in the order of the file's columns; the outcome is {@code pending} until it has one. */
record RowResponse(int recordNumber, Map<String, String> cells, String outcome, @Nullable UUID userId, List<Note> notes,
		List<Outcome.Change> changes) {
	static final List<String> OUTCOMES = List.of("created", "updated", "unchanged", "rejected", "pending");

	static RowResponse of(ImportedRows rows, int recordNumber) {
		Map<Column, String> byColumn = rows.file().cells(recordNumber);
		Map<String, String> cells = new LinkedHashMap<>();
		for (Column column : rows.file().columns())
			cells.put(column.title(), byColumn.getOrDefault(column, ""));
		Outcome outcome = rows.outcomes().get(recordNumber);
		String name = nameOf(outcome);
		return switch (outcome) {
			case null -> new RowResponse(recordNumber, cells, name, null, List.of(), List.of());
			case Outcome.Created(UUID account) ->
				new RowResponse(recordNumber, cells, name, account, List.of(), List.of());
			case Outcome.Updated(UUID account, var changes) ->
				new RowResponse(recordNumber, cells, name, account, List.of(), changes);
			case Outcome.Unchanged(UUID account) ->
				new RowResponse(recordNumber, cells, name, account, List.of(), List.of());
			case Outcome.Rejected(var notes) -> new RowResponse(recordNumber, cells, name, null, notes, List.of());
		};
	}

	static String nameOf(@Nullable Outcome outcome) {
		return switch (outcome) {
			case null -> "pending";
			case Outcome.Created _ -> "created";
			case Outcome.Updated _ -> "updated";
			case Outcome.Unchanged _ -> "unchanged";
			case Outcome.Rejected _ -> "rejected";
		};
	}
}
