package io.rollcall.imports.web;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.Correction;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.Undone;
import io.rollcall.imports.suggestion.Suggestion;

/**
 * A row with its cells as they are judged, in the order of the file's columns; those that a short record lacks are absent. The
 * outcome is {@code pending} until it has one.
 *
 * @param notes why it is rejected; of an undo, also what it kept
 * @param warnings what is legal, but hardly meant; no reason to reject it
 * @param credentialsSent the sites for which new passwords are sent, since the address is another; in a dry run, would be
 * @param preview what the committed dry run had said, when it came otherwise
 * @param correction of the uploaded cells; absent where there is none
 * @param undoes of a row of an undo: the number of the record that it takes back
 * @param suggestions what rejected cells were probably meant to be
 */
record RowResponse(int recordNumber, Map<String, String> cells, String outcome, @Nullable UUID userId, List<Note> notes,
		List<Note> warnings, List<Outcome.Change> changes, List<String> credentialsSent, @Nullable Preview preview,
		List<Suggestion> suggestions, @Nullable RowCorrection correction, @Nullable Integer undoes) {
	record Preview(String outcome, List<Note> notes, List<Outcome.Change> changes, List<String> credentialsSent) {}

	/** @param uploaded what the corrected cells had been, null where the file has no such cell */
	record RowCorrection(Map<String, @Nullable String> uploaded, String by, Instant at) {
		static RowCorrection of(Correction correction, Map<Column, String> cells) {
			Map<String, @Nullable String> uploaded = new LinkedHashMap<>();
			correction.cells().keySet().forEach(column -> uploaded.put(column.title(), cells.get(column)));
			return new RowCorrection(uploaded, correction.by(), correction.at());
		}
	}

	static final List<String> OUTCOMES = List.of("created", "updated", "unchanged", "rejected", "pending");

	static RowResponse of(ImportedRows rows, int recordNumber, List<Suggestion> suggestions) {
		Map<Column, String> byColumn = rows.file().cells(recordNumber);
		Map<String, String> cells = new LinkedHashMap<>();
		for (Column column : rows.file().columns()) {
			String cell = byColumn.get(column);
			if (cell != null) cells.put(column.title(), cell);
		}
		Outcome outcome = rows.outcomes().get(recordNumber);
		Outcome foretold = rows.preview().get(recordNumber);
		Preview preview = foretold != null && rows.isChangedSincePreview(recordNumber)
				? new Preview(nameOf(foretold), notes(foretold), changes(foretold), credentialsSent(foretold))
				: null;
		return new RowResponse(recordNumber, cells, nameOf(outcome), account(outcome), notes(outcome),
				outcome == null ? List.of() : outcome.warnings(), changes(outcome), credentialsSent(outcome), preview,
				suggestions, correction(rows, recordNumber), undoes(rows, recordNumber));
	}

	private static @Nullable Integer undoes(ImportedRows rows, int recordNumber) {
		Undone undone = rows.undone().get(recordNumber);
		return undone == null ? null : undone.recordNumber();
	}

	private static @Nullable RowCorrection correction(ImportedRows rows, int recordNumber) {
		Correction correction = rows.file().corrections().get(recordNumber);
		return correction == null ? null : RowCorrection.of(correction, rows.file().uploaded(recordNumber));
	}

	private static @Nullable UUID account(@Nullable Outcome outcome) {
		return switch (outcome) {
			case null -> null;
			case Outcome.Created(UUID account, var _) -> account;
			case Outcome.Updated it -> it.accountId();
			case Outcome.Unchanged it -> it.accountId();
			case Outcome.Rejected _ -> null;
		};
	}

	private static List<Note> notes(@Nullable Outcome outcome) {
		return switch (outcome) {
			case null -> List.of();
			case Outcome.Created _ -> List.of();
			case Outcome.Updated it -> it.kept();
			case Outcome.Unchanged it -> it.kept();
			case Outcome.Rejected it -> it.notes();
		};
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
