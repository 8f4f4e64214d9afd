package io.rollcall.imports;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.rollcall.imports.file.Correction;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.Undone;

/**
 * An import with its file and what has become of the rows.
 *
 * @param outcomes by record number; a row that has not ended is absent
 * @param preview what the dry run foretold that this import commits; empty when it commits none
 * @param undone what its rows take back, by record number; empty when it is no undo
 */
public record ImportedRows(UUID id, Submission submission, UserFile file, Map<Integer, Outcome> outcomes,
		Map<Integer, Outcome> preview, Map<Integer, Undone> undone) {
	/** Of one that takes nothing back. */
	public ImportedRows(UUID id, Submission submission, UserFile file, Map<Integer, Outcome> outcomes,
			Map<Integer, Outcome> preview) {
		this(id, submission, file, outcomes, preview, Map.of());
	}

	/** When the row was asked for: what is corrected, with its correction; all else with the file, or the wish to undo it. */
	public Instant handedInAt(int recordNumber) {
		Correction correction = file.corrections().get(recordNumber);
		return correction == null || undone.containsKey(recordNumber) ? submission.handedInAt() : correction.at();
	}

	/** Whether the row has ended otherwise than foretold. */
	public boolean isChangedSincePreview(int recordNumber) {
		Outcome foretold = preview.get(recordNumber);
		Outcome ended = outcomes.get(recordNumber);
		return foretold != null && ended != null && !ended.isAsForetold(foretold);
	}
}
