package io.rollcall.contracts;

import java.time.Instant;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** Facts about imports, published on {@code import-events}, keyed by import id. Nothing of their rows. */
@JsonTypeInfo(use = Id.NAME, property = "type", defaultImpl = ImportEvent.Unrecognized.class)
@JsonSubTypes(@JsonSubTypes.Type(ImportEvent.ImportCompleted.class))
public sealed interface ImportEvent {
	/**
	 * Each row has ended.
	 *
	 * @param submitterId the account that handed the file in; who that is and how to reach them stands in {@code user-events}
	 * @param action {@code add} or {@code update}
	 * @param fileName as the submitter's browser named the file: by it they know which of their imports this is
	 * @param message the text of the guide's Table 5
	 */
	@JsonTypeName("ImportCompleted")
	record ImportCompleted(String eventId, Instant occurredAt, UUID importId, UUID submitterId, String action,
			boolean dryRun, String fileName, Instant submittedAt, int total, int created, int updated, int unchanged,
			int rejected, String message) implements ImportEvent {}

	/** What a reader older than the writer sees. */
	record Unrecognized() implements ImportEvent, OfUnknownType {}
}
