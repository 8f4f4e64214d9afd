package io.rollcall.contracts;

import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;

/** What became of a row, on {@code user-command-results}. Exactly one of four, the same however often it is asked. */
@JsonTypeInfo(use = Id.NAME, property = "type", defaultImpl = UserCommandResult.Unrecognized.class)
@JsonSubTypes({@JsonSubTypes.Type(UserCommandResult.Created.class),
		@JsonSubTypes.Type(UserCommandResult.Updated.class), @JsonSubTypes.Type(UserCommandResult.Unchanged.class),
		@JsonSubTypes.Type(UserCommandResult.Rejected.class)})
public sealed interface UserCommandResult {
	/** The outcome of a row of import {@code importId}: all that this build understands, so everything but {@link Unrecognized}. */
	sealed interface OfRow extends UserCommandResult {
		String commandId();

		UUID importId();

		int recordNumber();
	}

	/**
	 * {@code accountId} is absent in a dry run.
	 *
	 * @param warnings what is legal, but hardly meant
	 */
	@JsonTypeName("RowCreated")
	record Created(String commandId, UUID importId, int recordNumber, @Nullable UUID accountId,
			@JsonInclude(Include.NON_EMPTY) List<Note> warnings) implements OfRow {
		public Created {
			warnings = warnings == null ? List.of() : warnings; // absent in JSON
		}

		/** One without warnings. */
		public Created(String commandId, UUID importId, int recordNumber, @Nullable UUID accountId) {
			this(commandId, importId, recordNumber, accountId, List.of());
		}
	}

	/**
	 * @param credentialsSent the sites for which new generated passwords are sent, since the address is another; in a dry run, would
	 *        be
	 * @param warnings as of {@link Created}
	 * @param notes of a row that takes another one back: what it keeps, and why
	 */
	@JsonTypeName("RowUpdated")
	record Updated(String commandId, UUID importId, int recordNumber, UUID accountId, List<Change> changes,
			@JsonInclude(Include.NON_EMPTY) List<String> credentialsSent,
			@JsonInclude(Include.NON_EMPTY) List<Note> warnings,
			@JsonInclude(Include.NON_EMPTY) List<Note> notes) implements OfRow {
		public Updated {
			credentialsSent = credentialsSent == null ? List.of() : credentialsSent; // absent in JSON
			warnings = warnings == null ? List.of() : warnings;
			notes = notes == null ? List.of() : notes;
		}

		/** One without notes. */
		public Updated(String commandId, UUID importId, int recordNumber, UUID accountId, List<Change> changes,
				List<String> credentialsSent, List<Note> warnings) {
			this(commandId, importId, recordNumber, accountId, changes, credentialsSent, warnings, List.of());
		}

		/** One without warnings. */
		public Updated(String commandId, UUID importId, int recordNumber, UUID accountId, List<Change> changes,
				List<String> credentialsSent) {
			this(commandId, importId, recordNumber, accountId, changes, credentialsSent, List.of());
		}
	}

	/** @param notes as of {@link Updated} */
	@JsonTypeName("RowUnchanged")
	record Unchanged(String commandId, UUID importId, int recordNumber, UUID accountId,
			@JsonInclude(Include.NON_EMPTY) List<Note> notes) implements OfRow {
		public Unchanged {
			notes = notes == null ? List.of() : notes; // absent in JSON
		}

		/** One without notes. */
		public Unchanged(String commandId, UUID importId, int recordNumber, UUID accountId) {
			this(commandId, importId, recordNumber, accountId, List.of());
		}
	}

	@JsonTypeName("RowRejected")
	record Rejected(String commandId, UUID importId, int recordNumber, List<Note> notes) implements OfRow {}

	/** What a reader older than the writer sees. */
	record Unrecognized() implements UserCommandResult, OfUnknownType {}

	/**
	 * One field before and after. Of an account that is deactivated, since the row that made it is taken back, it is {@code status}:
	 * {@code active} before and {@code deactivated} after.
	 */
	record Change(String field, String before, String after) {}

	/** One fault or warning, or what is kept: the field, a stable code, and a text to show; of a fault the one of the guide's Table 6. */
	record Note(String field, String code, String message) {}
}
