package io.rollcall.user.row;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Origin;
import io.rollcall.user.account.profile.Draft;

/**
 * One row of an import, still unjudged.
 *
 * @param uploaderId the account that uploaded it, whose rights at this moment decide
 * @param dryRun judge only
 * @param earlier in a dry run, the rows before it in the file that may be for the same username: it is judged as if these
 * had been applied
 * @param traceparent W3C trace context of the row
 * @param uploadedAt when its file was handed in: what was asked for meanwhile stands
 * @param undo what it takes back; then the draft has what the fields had been before. Absent in any other row
 */
public record Row(Kind kind, String commandId, UUID importId, int recordNumber, Draft draft, UUID uploaderId,
		boolean dryRun, List<Draft> earlier, @Nullable String traceparent, Instant uploadedAt, @Nullable Undo undo) {
	/** What the row asks for, or what it takes back. */
	public enum Kind {
		ADD, UPDATE
	}

	/** One that takes nothing back. */
	public Row(Kind kind, String commandId, UUID importId, int recordNumber, Draft draft, UUID uploaderId,
			boolean dryRun, List<Draft> earlier, @Nullable String traceparent, Instant uploadedAt) {
		this(kind, commandId, importId, recordNumber, draft, uploaderId, dryRun, earlier, traceparent, uploadedAt,
				null);
	}

	/** What the events of this row are caused by. */
	Origin origin() {
		return new Origin.Row(commandId, uploaderId, importId, recordNumber, traceparent, uploadedAt);
	}
}
