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
 */
public record Row(Kind kind, String commandId, UUID importId, int recordNumber, Draft draft, UUID uploaderId,
		boolean dryRun, List<Draft> earlier, @Nullable String traceparent, Instant uploadedAt) {
	/** What the row asks for. */
	public enum Kind {
		ADD, UPDATE
	}

	/** What the events of this row are caused by. */
	Origin origin() {
		return new Origin.Row(commandId, uploaderId, importId, recordNumber, traceparent, uploadedAt);
	}
}
