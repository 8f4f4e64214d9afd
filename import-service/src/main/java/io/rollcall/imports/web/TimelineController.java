package io.rollcall.imports.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.OpenImport;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.platform.Traceparent;
import io.rollcall.platform.web.Problems;

import static io.rollcall.contracts.UserCommand.commandId;

/** How far an import or one of its rows has come, for operations: moments, ids and codes, nothing that stood in the file. */
@RestController
@RequestMapping("/api/operations/imports/timeline")
class TimelineController {
	/**
	 * @param dispatched records that are on the topic, from the first
	 * @param progressAt when last a row was sent or ended
	 * @param redispatches how often rows without an outcome were sent again since the last outcome
	 */
	record ImportTimeline(UUID id, @Nullable String traceId, UUID submittedBy, String action, boolean dryRun,
			Instant submittedAt, int total, int dispatched, int done, @Nullable Instant progressAt, int redispatches,
			@Nullable Instant completedAt) {}

	/**
	 * @param commandId the id of its command, with which its events' ids begin
	 * @param traceparent as its records have it
	 * @param stage {@code waiting}, {@code sent}, or how it ended
	 * @param accountId where it made or changed an account: its timeline goes on there
	 */
	record RowTimeline(String commandId, @Nullable String traceparent, String stage, @Nullable UUID accountId,
			List<String> codes) {}

	private final ImportRepository imports;

	TimelineController(ImportRepository imports) {
		this.imports = imports;
	}

	@GetMapping("/{id}")
	@PreAuthorize("hasRole('OPS')")
	ImportTimeline ofImport(@PathVariable UUID id) {
		ImportSummary found = imports.find(id).orElse(null);
		OpenImport progress = imports.progress(List.of(id)).stream().findFirst().orElse(null);
		if (found == null || progress == null) throw notFound();
		var submission = found.submission();
		return new ImportTimeline(id, Traceparent.traceId(submission.traceparent()),
				submission.submitter().accountId(), submission.action().name().toLowerCase(java.util.Locale.ROOT),
				submission.dryRun(), submission.submittedAt(), found.total(), progress.dispatched(), progress.done(),
				progress.progressAt(), progress.redispatches(), found.completedAt());
	}

	@GetMapping("/{id}/rows/{record}")
	@PreAuthorize("hasRole('OPS')")
	RowTimeline ofRow(@PathVariable UUID id, @PathVariable int record) {
		ImportedRows rows = imports.rows(id).orElse(null);
		OpenImport progress = imports.progress(List.of(id)).stream().findFirst().orElse(null);
		if (rows == null || progress == null || record < 1 || record > rows.file().records().size()) throw notFound();
		String command = commandId(id, record);
		String traceparent = Traceparent.of(rows.submission().traceparent(), command);
		Outcome outcome = rows.outcomes().get(record);
		return switch (outcome) {
			case null ->
				new RowTimeline(command, traceparent, record <= progress.dispatched() ? "sent" : "waiting", null,
						List.of());
			case Outcome.Created(var account, var _) ->
				new RowTimeline(command, traceparent, "created", account, List.of());
			case Outcome.Updated it ->
				new RowTimeline(command, traceparent, "updated", it.accountId(),
						it.changes().stream().map(Outcome.Change::field).toList());
			case Outcome.Unchanged it ->
				new RowTimeline(command, traceparent, "unchanged", it.accountId(), List.of());
			case Outcome.Rejected(var notes) -> new RowTimeline(command, traceparent, "rejected", null,
					notes.stream().map(Note::code).toList());
		};
	}

	private static ErrorResponseException notFound() {
		return Problems.refusal(HttpStatus.NOT_FOUND, "not-found", "There is no such import or record.");
	}
}
