package io.rollcall.imports.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.suggestion.Suggestion;

/**
 * A row with its cells as uploaded, in the order of the file's columns; the outcome is {@code pending} until it has one.
 *
 * @param credentialsSent the sites for which new passwords are sent, since the address is another; in a dry run, would be
 * @param preview what the committed dry run had said, when it came otherwise
 * @param suggestions what rejected cells were probably meant to be
 */
record RowResponse(int recordNumber, Map<String, String> cells, String outcome, @Nullable UUID userId, List<Note> notes,
		List<Outcome.Change> changes, List<String> credentialsSent, @Nullable Preview preview,
		List<Suggestion> suggestions) {
	record Preview(String outcome, List<Note> notes, List<Outcome.Change> changes, List<String> credentialsSent) {}

	static final List<String> OUTCOMES = List.of("created", "updated", "unchanged", "rejected", "pending");

	static RowResponse of(ImportedRows rows, int recordNumber, List<Suggestion> suggestions) {
		Map<Column, String> byColumn = rows.file().cells(recordNumber);
		Map<String, String> cells = new LinkedHashMap<>();
		for (Column column : rows.file().columns())
			cells.put(column.title(), byColumn.getOrDefault(column, ""));
		Outcome outcome = rows.outcomes().get(recordNumber);
		Outcome foretold = rows.preview().get(recordNumber);
		Preview preview = foretold != null && rows.isChangedSincePreview(recordNumber)
				? new Preview(nameOf(foretold), notes(foretold), changes(foretold), credentialsSent(foretold))
				: null;
		return new RowResponse(recordNumber, cells, nameOf(outcome), account(outcome), notes(outcome), changes(outcome),
				credentialsSent(outcome), preview, suggestions);
	}

	private static @Nullable UUID account(@Nullable Outcome outcome) {
		return switch (outcome) {
			case null -> null;
			case Outcome.Created(UUID account) -> account;
			case Outcome.Updated(UUID account, var _, var _) -> account;
			case Outcome.Unchanged(UUID account) -> account;
			case Outcome.Rejected _ -> null;
		};
	}

	private static List<Note> notes(@Nullable Outcome outcome) {
		return outcome instanceof Outcome.Rejected(List<Note> notes) ? notes : List.of();
	}

	private static List<Outcome.Change> changes(@Nullable Outcome outcome) {
		return outcome instanceof Outcome.Updated updated ? updated.changes() : List.of();
	}

	private static List<String> credentialsSent(@Nullable Outcome outcome) {
		return outcome instanceof Outcome.Updated updated ? updated.credentialsSent() : List.of();
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
