package io.rollcall.contracts;

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
@JsonSubTypes({@JsonSubTypes.Type(UserCommand.AddUser.class), @JsonSubTypes.Type(UserCommand.UpdateUser.class)})
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
}
