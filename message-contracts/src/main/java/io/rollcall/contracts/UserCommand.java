package io.rollcall.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeInfo.Id;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * One row of an import, on {@code user-commands}. The cells are as the file had them: raw text by column name, a column
 * that the file did not have is absent. There is no type for the unknown: a command that cannot be read is a dead letter.
 */
@JsonTypeInfo(use = Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(UserCommand.AddUser.class), @JsonSubTypes.Type(UserCommand.UpdateUser.class),
		@JsonSubTypes.Type(UserCommand.UndoRow.class)})
public sealed interface UserCommand {
	/** Import id, a slash, record number: the same row gives the same command however often it is sent. */
	String commandId();

	UUID importId();

	/** From 1, in file order; the header and blank lines are not counted. */
	int recordNumber();

	Map<String, String> cells();

	/** The account that uploaded the file; its rights at the time of handling decide. */
	UUID uploaderId();

	/** Judge, but change nothing. */
	boolean dryRun();

	/**
	 * In a dry run the cells of those rows before it in the file that may be for the same person, in file order: nothing is
	 * stored of what they would do, so the row brings them along. Empty otherwise.
	 */
	List<Map<String, String>> earlierRows();

	static String commandId(UUID importId, int recordNumber) {
		return importId + "/" + recordNumber;
	}

	/** A new account (guide, section V.D). */
	@JsonTypeName("AddUser")
	record AddUser(String commandId, UUID importId, int recordNumber, Map<String, String> cells, UUID uploaderId,
			boolean dryRun,
			@JsonInclude(Include.NON_EMPTY) List<Map<String, String>> earlierRows) implements UserCommand {
		public AddUser {
			earlierRows = earlierRows == null ? List.of() : earlierRows; // absent in JSON
		}

		/** A row that brings none along. */
		public AddUser(String commandId, UUID importId, int recordNumber, Map<String, String> cells, UUID uploaderId,
				boolean dryRun) {
			this(commandId, importId, recordNumber, cells, uploaderId, dryRun, List.of());
		}
	}

	/** A change of the account with this username (guide, section V.D). */
	@JsonTypeName("UpdateUser")
	record UpdateUser(String commandId, UUID importId, int recordNumber, Map<String, String> cells, UUID uploaderId,
			boolean dryRun,
			@JsonInclude(Include.NON_EMPTY) List<Map<String, String>> earlierRows) implements UserCommand {
		public UpdateUser {
			earlierRows = earlierRows == null ? List.of() : earlierRows; // absent in JSON
		}

		/** A row that brings none along. */
		public UpdateUser(String commandId, UUID importId, int recordNumber, Map<String, String> cells, UUID uploaderId,
				boolean dryRun) {
			this(commandId, importId, recordNumber, cells, uploaderId, dryRun, List.of());
		}
	}

	/**
	 * Takes back what a row of an earlier import did, as far as nobody has asked for anything else since.
	 *
	 * @param cells the username alone, by which the account is found and the rows of a person keep their order
	 * @param uploaderId the account that undoes the import
	 */
	@JsonTypeName("UndoRow")
	record UndoRow(String commandId, UUID importId, int recordNumber, Map<String, String> cells, UUID uploaderId,
			boolean dryRun, Undone undone) implements UserCommand {
		/** What is undone is judged by itself. */
		@Override
		public List<Map<String, String>> earlierRows() {
			return List.of();
		}
	}

	/**
	 * What a row did.
	 *
	 * @param commandId the id of its command
	 * @param askedAt when it was asked for: what was asked for later stays
	 * @param created whether it made the account; otherwise it changed some fields
	 * @param changes as its result named them; none of a new account
	 * @param evenIfUsed of a new account: whether it is deactivated also if somebody has signed in to it
	 */
	record Undone(String commandId, Instant askedAt, UUID accountId, boolean created,
			@JsonInclude(Include.NON_EMPTY) List<UserCommandResult.Change> changes, boolean evenIfUsed) {
		public Undone {
			changes = changes == null ? List.of() : changes; // absent in JSON
		}
	}
}
