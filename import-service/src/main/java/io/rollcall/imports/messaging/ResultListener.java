package io.rollcall.imports.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.rollcall.contracts.UserCommandResult;
import io.rollcall.imports.ImportResults;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.RowOutcome;
import io.rollcall.platform.messaging.BatchConsumers;
import io.rollcall.platform.messaging.Received;

/** Takes the results of rows, a poll at a time. */
@Configuration(proxyBeanMethods = false)
class ResultListener {
	private static final String IGNORED = "rollcall.imports.results.ignored";

	private final ImportResults results;
	private final MeterRegistry meters;

	ResultListener(ImportResults results, MeterRegistry meters) {
		this.results = results;
		this.meters = meters;
	}

	@Bean
	Consumer<List<ConsumerRecord<String, byte[]>>> rowResults(BatchConsumers consumers) {
		return consumers.of(UserCommandResult.class, this::handle);
	}

	private void handle(List<Received<UserCommandResult>> batch) {
		List<RowOutcome> outcomes = new ArrayList<>(batch.size());
		for (Received<UserCommandResult> received : batch) {
			RowOutcome outcome = outcome(received.message());
			if (outcome != null) outcomes.add(outcome);
		}
		ImportResults.Folded folded = results.fold(outcomes);
		count("duplicate", folded.duplicates());
		count("unknown", folded.unknown());
	}

	private void count(String reason, int results) {
		if (results > 0) meters.counter(IGNORED, "reason", reason).increment(results);
	}

	private static @Nullable RowOutcome outcome(UserCommandResult result) {
		return switch (result) {
			case UserCommandResult.Created(var _, UUID id, int record, UUID account, var warnings) ->
				new RowOutcome(id, record, new Outcome.Created(account, notes(warnings)));
			case UserCommandResult.Updated it ->
				new RowOutcome(it.importId(), it.recordNumber(),
						new Outcome.Updated(it.accountId(), it.changes().stream()
								.map(change -> new Outcome.Change(change.field(), change.before(), change.after()))
								.toList(),
								it.credentialsSent(), notes(it.warnings()), notes(it.notes())));
			case UserCommandResult.Unchanged(var _, UUID id, int record, UUID account, var notes) ->
				new RowOutcome(id, record, new Outcome.Unchanged(account, notes(notes)));
			case UserCommandResult.Rejected(var _, UUID id, int record, var notes) ->
				new RowOutcome(id, record, new Outcome.Rejected(notes(notes)));
			case UserCommandResult.Unrecognized _ -> null;
		};
	}

	private static List<Note> notes(List<UserCommandResult.Note> notes) {
		return notes.stream().map(note -> new Note(note.field(), note.code(), note.message())).toList();
	}
}
