package io.rollcall.user.row.messaging;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.rollcall.contracts.UserCommand;
import io.rollcall.contracts.UserCommand.AddUser;
import io.rollcall.contracts.UserCommand.UndoRow;
import io.rollcall.contracts.UserCommand.UpdateUser;
import io.rollcall.contracts.UserCommandResult;
import io.rollcall.platform.Traceparent;
import io.rollcall.platform.messaging.BatchConsumers;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.messaging.CloudEvents;
import io.rollcall.platform.messaging.Received;
import io.rollcall.user.account.EventRelay;
import io.rollcall.user.account.Kept;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.Site;
import io.rollcall.user.row.AppliedPositions;
import io.rollcall.user.row.Outcome;
import io.rollcall.user.row.Row;
import io.rollcall.user.row.RowService;
import io.rollcall.user.row.Undo;
import io.rollcall.user.row.Warning;
import io.rollcall.user.row.Warnings;

/**
 * Takes rows as commands, has them decided, publishes the results with what the accounts owe, and only then moves the position
 * on. A crash anywhere in between leads back here with the same commands, which have the same outcomes.
 */
@Configuration(proxyBeanMethods = false)
class UserCommandListener {
	private static final Logger LOG = LoggerFactory.getLogger(UserCommandListener.class);
	/** Fewer than the causes an account remembers, so that a batch cut short knows all of its own rows again. */
	private static final int ROWS_OF_ONE_USERNAME = 50;

	private final RowService rows;
	private final Warnings warnings;
	private final EventRelay relay;
	private final AppliedPositions positions;
	private final TopicIds topicIds;
	private final CloudEvents events;
	private final Clock clock;

	UserCommandListener(RowService rows, Warnings warnings, EventRelay relay, AppliedPositions positions,
			TopicIds topicIds, CloudEvents events, Clock clock) {
		this.rows = rows;
		this.warnings = warnings;
		this.relay = relay;
		this.positions = positions;
		this.topicIds = topicIds;
		this.events = events;
		this.clock = clock;
	}

	@Bean
	Consumer<List<ConsumerRecord<String, byte[]>>> userCommands(BatchConsumers consumers) {
		return consumers.of(UserCommand.class, this::handle);
	}

	private void handle(List<Received<UserCommand>> batch) {
		Map<String, Long> applied = positions
				.find(batch.stream().map(this::partition).collect(Collectors.toUnmodifiableSet()));
		List<Received<UserCommand>> open = batch.stream()
				.filter(command -> command.offset() > applied.getOrDefault(partition(command), -1L)).toList();
		for (List<Received<UserCommand>> wave : waves(open))
			apply(wave);
	}

	private void apply(List<Received<UserCommand>> commands) {
		List<Row> batch = commands.stream().map(UserCommandListener::row).toList();
		Map<String, Outcome> outcomes = rows.decide(batch);
		Map<String, List<Warning>> warned = warnings.of(batch, outcomes);
		List<CloudEvent> results = commands.stream()
				.map(command -> events.of(result(command.message(), outcome(outcomes, command),
						warned.getOrDefault(command.message().commandId(), List.of())), clock.instant(),
						command.traceparent()))
				.toList();
		relay.relay(written(commands, outcomes), results);
		commands.forEach(command -> log(command, outcome(outcomes, command)));
		positions.advance(commands.stream()
				.collect(Collectors.toMap(this::partition, Received::offset, Math::max)));
	}

	/**
	 * Which row and what became of it, never what stood in it. For whoever looks for a fault: the import itself keeps what became of its
	 * rows, and a file of two hundred faulty ones must not fill the log.
	 */
	private static void log(Received<UserCommand> received, Outcome outcome) {
		UserCommand command = received.message();
		if (!LOG.isDebugEnabled()) return;
		LOG.atDebug().addKeyValue("traceId", Traceparent.traceId(received.traceparent()))
				.addKeyValue("importId", command.importId())
				.addKeyValue("recordNumber", command.recordNumber())
				.addKeyValue("faults",
						outcome instanceof Outcome.Rejected(List<Fault> faults)
								? faults.stream().map(Fault::code).toList()
								: List.of())
				.log("Row {}", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
	}

	private static Outcome outcome(Map<String, Outcome> outcomes, Received<UserCommand> command) {
		Outcome outcome = outcomes.get(command.message().commandId());
		if (outcome == null) throw new IllegalStateException("a row without an outcome");
		return outcome;
	}

	private String partition(Received<UserCommand> command) {
		return topicIds.of(command.partition().topic()) + "/" + command.partition().partition();
	}

	private static Set<Username> written(List<Received<UserCommand>> commands, Map<String, Outcome> outcomes) {
		Set<Username> written = new LinkedHashSet<>();
		for (Received<UserCommand> command : commands) {
			Outcome outcome = outcome(outcomes, command);
			Username username = username(command.message());
			boolean wrote = switch (outcome) {
				case Outcome.Created _,Outcome.Updated _,Outcome.Deactivated _ -> true;
				case Outcome.Unchanged _,Outcome.Rejected _ -> false;
			};
			if (wrote && !command.message().dryRun() && username != null) written.add(username);
		}
		return written;
	}

	/** Cuts the batch where a username would have more rows than its account is sure to remember. */
	private static List<List<Received<UserCommand>>> waves(List<Received<UserCommand>> commands) {
		List<List<Received<UserCommand>>> waves = new ArrayList<>();
		Map<String, Integer> rowsOf = new HashMap<>();
		int start = 0;
		for (int i = 0; i < commands.size(); i++) {
			Username username = username(commands.get(i).message());
			if (username != null && rowsOf.merge(username.key(), 1, Integer::sum) > ROWS_OF_ONE_USERNAME) {
				waves.add(commands.subList(start, i));
				start = i;
				rowsOf.clear();
				rowsOf.put(username.key(), 1);
			}
		}
		if (start < commands.size()) waves.add(commands.subList(start, commands.size()));
		return waves;
	}

	private static Row row(Received<UserCommand> received) {
		return switch (received.message()) {
			case AddUser it -> row(Row.Kind.ADD, Draft.ofCells(it.cells()), null, received);
			case UpdateUser it -> row(Row.Kind.UPDATE, Draft.ofCells(it.cells()), null, received);
			case UndoRow it -> {
				Undo undo = undo(it.undone());
				Map<Field, String> before = new EnumMap<>(Field.class);
				undo.changes().forEach(change -> before.put(change.field(), change.before()));
				before.put(Field.USERNAME, it.cells().getOrDefault(Field.USERNAME.column(), ""));
				yield row(undo.created() ? Row.Kind.ADD : Row.Kind.UPDATE, Draft.row(before), undo, received);
			}
		};
	}

	private static Row row(Row.Kind kind, Draft draft, @Nullable Undo undo, Received<UserCommand> received) {
		UserCommand command = received.message();
		List<Draft> earlier = command.earlierRows().stream().map(Draft::ofCells).toList();
		return new Row(kind, command.commandId(), command.importId(), command.recordNumber(), draft,
				command.uploaderId(), command.dryRun(), earlier, received.traceparent(), received.time(), undo);
	}

	/** A field that only a newer release knows stays as it is. */
	private static Undo undo(UserCommand.Undone it) {
		List<Profile.Change> changes = new ArrayList<>();
		for (UserCommandResult.Change change : it.changes())
			Arrays.stream(Field.values()).filter(field -> field.id().equals(change.field()))
					.forEach(field -> changes.add(new Profile.Change(field, change.before(), change.after())));
		return new Undo(it.commandId(), it.askedAt(), it.accountId(), it.created(), changes, it.evenIfUsed());
	}

	private static @Nullable Username username(UserCommand command) {
		String cell = command.cells().get(Field.USERNAME.column());
		return Draft.row(cell == null ? Map.of() : Map.of(Field.USERNAME, cell)).username();
	}

	private static UserCommandResult.OfRow result(UserCommand command, Outcome outcome, List<Warning> warned) {
		String id = command.commandId();
		List<UserCommandResult.Note> warnings = warned.stream()
				.map(it -> new UserCommandResult.Note(it.field().id(), it.code(), it.message())).toList();
		return switch (outcome) {
			case Outcome.Created it -> new UserCommandResult.Created(id, command.importId(), command.recordNumber(),
					it.accountId(), warnings);
			case Outcome.Updated it -> new UserCommandResult.Updated(id, command.importId(), command.recordNumber(),
					it.accountId(), it.changes().stream().map(UserCommandListener::change).toList(),
					it.credentialsSent().stream().map(Site::name).toList(), warnings, kept(it.kept()));
			// A change that every release can read and count.
			case Outcome.Deactivated it -> new UserCommandResult.Updated(id, command.importId(), command.recordNumber(),
					it.accountId(), List.of(new UserCommandResult.Change("status", "active", "deactivated")),
					List.of());
			case Outcome.Unchanged it -> new UserCommandResult.Unchanged(id, command.importId(), command.recordNumber(),
					it.accountId(), kept(it.kept()));
			case Outcome.Rejected it -> new UserCommandResult.Rejected(id, command.importId(), command.recordNumber(),
					it.faults().stream().map(UserCommandListener::note).toList());
		};
	}

	private static UserCommandResult.Change change(Profile.Change change) {
		return new UserCommandResult.Change(change.field().id(), change.before(), change.after());
	}

	private static List<UserCommandResult.Note> kept(List<Kept> kept) {
		return kept.stream().map(it -> new UserCommandResult.Note(it.field().id(), it.code(), it.message())).toList();
	}

	private static UserCommandResult.Note note(Fault fault) {
		return new UserCommandResult.Note(fault.field().id(), fault.code(), fault.message());
	}
}
