package io.rollcall.imports.messaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.springframework.stereotype.Component;

import io.rollcall.contracts.UserCommand;
import io.rollcall.contracts.UserCommandResult;
import io.rollcall.imports.Submission;
import io.rollcall.imports.dispatch.RowCommand;
import io.rollcall.imports.dispatch.RowPublisher;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.Undone;
import io.rollcall.platform.Traceparent;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.messaging.CloudEvents;

/** Publishes rows on {@code user-commands}, keyed by username so that the rows of a person keep their order. */
@Component
final class CommandPublisher implements RowPublisher {
	/** In bytes of JSON. No row that could be valid is longer: all schools of the state in one cell are 45,000. */
	private static final int WHOLE_ROW = 100_000;
	private static final int CUT_CELL = 10_000;
	/** Makes sure that what was cut is not valid by chance. */
	private static final String CUT = "…";

	private final AcknowledgedPublisher publisher;
	private final CloudEvents events;

	CommandPublisher(AcknowledgedPublisher publisher, CloudEvents events) {
		this.publisher = publisher;
		this.events = events;
	}

	@Override
	public void publish(List<RowCommand> commands) {
		publisher.publish(commands.stream().map(this::event).toList());
	}

	private CloudEvent event(RowCommand row) {
		Submission submission = row.submission();
		String id = UserCommand.commandId(row.importId(), row.recordNumber());
		Undone undone = row.undone();
		UserCommand command = undone == null ? command(row, id) : undoing(row, id, undone);
		// A row without a username concerns nobody; its own id spreads such rows over the partitions.
		// However often it is sent: what was asked for after the file was handed in may not be overwritten unseen.
		return events.of(command, row.person().isEmpty() ? id : row.person(), row.handedInAt(),
				Traceparent.of(submission.traceparent(), id));
	}

	private static UserCommand command(RowCommand row, String id) {
		Submission submission = row.submission();
		UUID uploader = submission.submitter().accountId();
		Map<String, String> cells = cells(row.cells());
		List<Map<String, String>> earlier = earlier(row.earlier());
		return switch (submission.action()) {
			case ADD -> new UserCommand.AddUser(id, row.importId(), row.recordNumber(), cells, uploader,
					submission.dryRun(), earlier);
			case UPDATE -> new UserCommand.UpdateUser(id, row.importId(), row.recordNumber(), cells, uploader,
					submission.dryRun(), earlier);
		};
	}

	private static UserCommand undoing(RowCommand row, String id, Undone undone) {
		Submission submission = row.submission();
		Map<Column, String> username = new EnumMap<>(row.cells());
		username.keySet().retainAll(Set.of(Column.USERNAME));
		return new UserCommand.UndoRow(id, row.importId(), row.recordNumber(), cells(username),
				submission.submitter().accountId(), submission.dryRun(),
				undone(Objects.requireNonNull(submission.undoOf()), undone));
	}

	private static UserCommand.Undone undone(UUID of, Undone it) {
		String id = UserCommand.commandId(of, it.recordNumber());
		return switch (it.outcome()) {
			case Outcome.Created created -> new UserCommand.Undone(id, it.askedAt(),
					Objects.requireNonNull(created.accountId()), true, List.of(), it.evenIfUsed());
			case Outcome.Updated updated -> new UserCommand.Undone(id, it.askedAt(), updated.accountId(), false,
					updated.changes().stream().map(change -> new UserCommandResult.Change(change.field(),
							change.before(), change.after())).toList(),
					it.evenIfUsed());
			case Outcome.Unchanged _,Outcome.Rejected _ -> throw new IllegalStateException("it did nothing");
		};
	}

	/**
	 * The rows that a row of a dry run brings along. One too large for the broker would be rejected and so does not matter;
	 * of more than fit together, the latest.
	 */
	static List<Map<String, String>> earlier(List<Map<Column, String>> rows) {
		Deque<Map<String, String>> kept = new ArrayDeque<>();
		int size = 0;
		for (Map<Column, String> row : rows.reversed()) {
			int length = bytes(row);
			if (length > WHOLE_ROW) continue;
			size += length;
			if (size > WHOLE_ROW) break;
			kept.addFirst(cells(row));
		}
		return List.copyOf(kept);
	}

	/**
	 * The cells as they are, unless the row would be too large for the broker: it is then rejected by user-service for what
	 * is left of the cells as it would be for the whole, and the error file has them whole.
	 */
	static Map<String, String> cells(Map<Column, String> cells) {
		boolean whole = bytes(cells) <= WHOLE_ROW;
		Map<String, String> named = new LinkedHashMap<>();
		cells.forEach((column, cell) -> named.put(column.title(),
				whole || cell.length() <= CUT_CELL ? cell : cut(cell)));
		return named;
	}

	/** How long the cells are as JSON: a control character is written as six, a letter of many scripts as three. */
	private static int bytes(Map<Column, String> cells) {
		return cells.values().stream().flatMapToInt(String::chars)
				.map(c -> c < 0x20 ? 6 : c == '"' || c == '\\' ? 2 : c < 0x80 ? 1 : c < 0x800 ? 2 : 3).sum();
	}

	private static String cut(String cell) {
		int end = Character.isHighSurrogate(cell.charAt(CUT_CELL - 1)) ? CUT_CELL - 1 : CUT_CELL;
		return cell.substring(0, end) + CUT;
	}
}
