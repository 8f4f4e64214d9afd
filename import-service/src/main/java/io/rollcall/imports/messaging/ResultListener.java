package io.rollcall.imports.messaging;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserCommandResult;
import io.rollcall.imports.ImportResults;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.RowOutcome;
import io.rollcall.platform.CrashPoints;
import io.rollcall.platform.messaging.BatchConsumer;
import io.rollcall.platform.messaging.BatchConsumers;
import io.rollcall.platform.messaging.DeadLetters;
import io.rollcall.platform.messaging.Received;

/** Takes the results of rows, a poll at a time. */
@Component
final class ResultListener {
	static final String GROUP = "import-service";
	private static final String IGNORED = "rollcall.imports.results.ignored";

	private final ImportResults results;
	private final MeterRegistry meters;
	private final BatchConsumer<UserCommandResult> consumer;

	ResultListener(ImportResults results, BatchConsumers consumers, MeterRegistry meters) {
		this.results = results;
		this.meters = meters;
		this.consumer = consumers.of(UserCommandResult.class, GROUP, this::handle);
	}

	@Configuration(proxyBeanMethods = false)
	static class DeadLetterTopic {
		@Bean
		NewTopic resultDeadLetters() {
			return DeadLetters.topic(Topics.USER_COMMAND_RESULTS, GROUP);
		}
	}

	@KafkaListener(id = "results", groupId = GROUP, topics = Topics.USER_COMMAND_RESULTS, concurrency = "${rollcall.imports.result-consumers:2}")
	void listen(List<ConsumerRecord<String, byte[]>> records) {
		consumer.accept(records);
	}

	private void handle(List<Received<UserCommandResult>> batch) {
		List<RowOutcome> outcomes = new ArrayList<>(batch.size());
		for (Received<UserCommandResult> received : batch) {
			RowOutcome outcome = outcome(received.message());
			if (outcome != null) outcomes.add(outcome);
		}
		CrashPoints.pass("results-read");
		ImportResults.Folded folded = results.fold(outcomes);
		CrashPoints.pass("results-folded");
		count("duplicate", folded.duplicates());
		count("unknown", folded.unknown());
	}

	private void count(String reason, int results) {
		if (results > 0) meters.counter(IGNORED, "reason", reason).increment(results);
	}

	private static @Nullable RowOutcome outcome(UserCommandResult result) {
		return switch (result) {
			case UserCommandResult.Created(var _, UUID id, int record, UUID account) ->
				new RowOutcome(id, record, new Outcome.Created(account));
			case UserCommandResult.Updated(var _, UUID id, int record, UUID account, var changes, var sites) ->
				new RowOutcome(id, record, new Outcome.Updated(account, changes.stream()
						.map(change -> new Outcome.Change(change.field(), change.before(), change.after())).toList(),
						sites));
			case UserCommandResult.Unchanged(var _, UUID id, int record, UUID account) ->
				new RowOutcome(id, record, new Outcome.Unchanged(account));
			case UserCommandResult.Rejected(var _, UUID id, int record, var notes) ->
				new RowOutcome(id, record, new Outcome.Rejected(notes.stream()
						.map(note -> new Note(note.field(), note.code(), note.message())).toList()));
			case UserCommandResult.Unrecognized _ -> null;
		};
	}
}
