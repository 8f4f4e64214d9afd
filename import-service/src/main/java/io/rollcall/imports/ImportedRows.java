package io.rollcall.imports;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.rollcall.imports.file.Correction;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Outcome;

/**
 * An import with its file and what has become of the rows.
 *
 * @param outcomes by record number; a row that has not ended is absent
 * @param preview what the dry run foretold that this import commits; empty when it commits none
 */
public record ImportedRows(UUID id, Submission submission, UserFile file, Map<Integer, Outcome> outcomes,
		Map<Integer, Outcome> preview) {
	/** When the row was asked for: what is corrected, with its correction; all else with the file. */
	public Instant handedInAt(int recordNumber) {
		Correction correction = file.corrections().get(recordNumber);
		return correction == null ? submission.handedInAt() : correction.at();
	}

	/** Whether the row has ended otherwise than foretold. */
	public boolean isChangedSincePreview(int recordNumber) {
		Outcome foretold = preview.get(recordNumber);
		Outcome ended = outcomes.get(recordNumber);
		return foretold != null && ended != null && !ended.isAsForetold(foretold);
	}
}
