package io.rollcall.imports.messaging;

import java.time.Instant;
import java.util.Locale;

import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.rollcall.contracts.ImportEvent.ImportCompleted;
import io.rollcall.imports.CompletionOutbox;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.Submission;
import io.rollcall.imports.outcome.Counts;
import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.messaging.CloudEvents;

/**
 * Announces completed imports on {@code import-events}. That one is owed stands in the import itself, written with its
 * completion; it is struck out once the broker has it. So it can be announced twice, under the same id, never not at all.
 */
@Component
final class CompletionRelay {
	private static final int BATCH = 200;

	private final CompletionOutbox imports;
	private final AcknowledgedPublisher publisher;
	private final CloudEvents events;

	CompletionRelay(CompletionOutbox imports, AcknowledgedPublisher publisher, CloudEvents events) {
		this.imports = imports;
		this.publisher = publisher;
		this.events = events;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Schedule {}

	@Scheduled(fixedDelayString = "${rollcall.imports.announce-every:1s}")
	void relay() {
		for (var owed = imports.unannounced(BATCH); !owed.isEmpty(); owed = imports.unannounced(BATCH)) {
			publisher.publish(owed.stream().map(this::event).toList());
			imports.announced(owed.stream().map(ImportSummary::id).toList());
		}
	}

	private CloudEvent event(ImportSummary completed) {
		Submission submission = completed.submission();
		Counts counts = completed.counts();
		Instant completedAt = completed.completedAt();
		String message = completed.message();
		if (completedAt == null || message == null) throw new IllegalStateException("an import that is not completed");
		return events.of(new ImportCompleted(completed.id() + "/completed", completedAt, completed.id(),
				submission.submitter().accountId(), submission.action().name().toLowerCase(Locale.ROOT),
				submission.dryRun(), submission.fileName(), submission.submittedAt(), completed.total(),
				counts.created(), counts.updated(), counts.unchanged(), counts.rejected(), message),
				submission.traceparent());
	}
}
