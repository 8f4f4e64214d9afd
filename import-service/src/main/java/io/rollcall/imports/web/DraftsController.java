package io.rollcall.imports.web;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.Imports;
import io.rollcall.imports.draft.Commits;
import io.rollcall.imports.draft.Commits.Commit;
import io.rollcall.imports.draft.Draft;
import io.rollcall.imports.draft.Drafts;
import io.rollcall.imports.draft.Drafts.Correcting;
import io.rollcall.imports.draft.Edit;
import io.rollcall.platform.csv.FileCell;
import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.VersionTags;

/** Corrects an import's records, and applies it with its corrections. What is out of the caller's sight is as what is not there. */
@RestController
@RequestMapping("/api/imports/{id}")
class DraftsController {
	private final Imports imports;
	private final Drafts drafts;
	private final Commits commits;
	private final ImportResponses responses;
	private final ImportTurns turns;
	private final Clock clock;

	DraftsController(Imports imports, Drafts drafts, Commits commits, ImportResponses responses, ImportTurns turns,
			Clock clock) {
		this.imports = imports;
		this.drafts = drafts;
		this.commits = commits;
		this.responses = responses;
		this.turns = turns;
		this.clock = clock;
	}

	@GetMapping("/draft")
	@PreAuthorize(ImportsController.MAY_SEE)
	ResponseEntity<DraftResponse> draft(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		ImportSummary found = found(id, caller);
		if (found.keptUntil() == null || !found.keptUntil().isAfter(clock.instant())) throw Refusals.noLongerKept();
		return answer(drafts.of(found), caller);
	}

	/** Cell by cell: what is not named stays. With {@code If-Match}, only the draft that one has seen. */
	@PatchMapping("/draft")
	@PreAuthorize(ImportsController.MAY_IMPORT)
	ResponseEntity<DraftResponse> correct(@AuthenticationPrincipal Caller caller, @PathVariable UUID id,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestBody DraftRequest request) {
		ImportSummary found = found(id, caller);
		List<Edit> edits = request.edits(found.total(), FileCell::read);
		Correcting correcting = turns.looks.take(caller.accountId(), found.submission().bytes(),
				() -> drafts.correct(found, edits, VersionTags.versions(ifMatch), caller));
		return switch (correcting) {
			case Correcting.Corrected(Draft draft) -> answer(draft, caller);
			case Correcting.NotOwn _ -> throw notOwn();
			case Correcting.NoLongerKept _ -> throw Refusals.noLongerKept();
			case Correcting.Stale _ -> throw changed();
			case Correcting.Committed _ -> throw Problems.refusal(HttpStatus.CONFLICT, "import-committed",
					"This preview has been applied. Correct the import that applied it.");
			case Correcting.OfUndo _ -> throw Refusals.isUndo();
			case Correcting.NotOpen(SortedSet<Integer> records) -> throw notOpen(records, edits);
			case Correcting.TooManyTimes _ -> throw Problems.refusal(HttpStatus.CONFLICT, "too-many-corrections",
					"These records have been corrected and sent too many times. Upload the error file instead.");
			case Correcting.TooLarge _ -> throw Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, "draft-too-large",
					"The corrections are too large. They can be at most 100 KB larger than the file, at most 1 MB, and with the file at most 16 MB.");
		};
	}

	/**
	 * Applies a dry run with its draft, or sends the corrected records of an import that was applied. 202 and a new import, the same
	 * one whenever it is asked again.
	 */
	@PostMapping("/commit")
	@PreAuthorize(ImportsController.MAY_IMPORT)
	ResponseEntity<ImportResponse> commit(@AuthenticationPrincipal Caller caller, @PathVariable UUID id,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		ImportSummary found = found(id, caller);
		Commit commit = turns.uploads.take(caller.accountId(), found.submission().bytes(),
				() -> commits.commit(found, VersionTags.versions(ifMatch), caller));
		return switch (commit) {
			case Commit.Accepted(ImportSummary stored) -> responses.accepted(stored, caller);
			case Commit.NotFound _ -> throw Refusals.notFound();
			case Commit.NotCompleted _ -> throw Refusals.notCompleted();
			case Commit.NotOwn _ -> throw notOwn();
			case Commit.NothingCorrected _ -> throw Problems.refusal(HttpStatus.CONFLICT, "nothing-corrected",
					"No rejected record of this import has been corrected, so there is nothing to apply.");
			case Commit.DraftChanged _ -> throw changed();
			case Commit.CommittedUncorrected _ -> throw Problems.refusal(HttpStatus.CONFLICT, "import-committed",
					"This preview has been applied without its corrections. Correct the import that applied it.");
			case Commit.OfUndo _ -> throw Refusals.isUndo();
			case Commit.NoLongerKept _ -> throw Refusals.noLongerKept();
			case Commit.OverQuota(var spent) -> throw Refusals.overQuota(spent, clock.instant());
		};
	}

	private ResponseEntity<DraftResponse> answer(Draft draft, Caller caller) {
		Set<UUID> seen = imports.seen(draft.sendings().stream().map(it -> it.importId()).toList(), caller);
		return ResponseEntity.ok().eTag(String.valueOf(draft.version())).body(DraftResponse.of(draft, seen));
	}

	private ImportSummary found(UUID id, Caller caller) {
		return imports.find(id, caller).orElseThrow(Refusals::notFound);
	}

	private static ErrorResponseException notOwn() {
		return Problems.refusal(HttpStatus.FORBIDDEN, "not-own",
				"Only the person who uploaded a file can correct and apply it.");
	}

	private static ErrorResponseException changed() {
		return Problems.refusal(HttpStatus.PRECONDITION_FAILED, "draft-changed",
				"The corrections have been changed since you read them. Look at them again.");
	}

	private static ErrorResponseException notOpen(SortedSet<Integer> records, List<Edit> edits) {
		List<FieldError> errors = IntStream.range(0, edits.size())
				.filter(i -> records.contains(edits.get(i).recordNumber()))
				.mapToObj(i -> new FieldError("corrections[" + i + "].recordNumber", "record-not-open",
						"Record " + edits.get(i).recordNumber()
								+ " was not rejected, or its correction has already been sent."))
				.toList();
		return Problems.refusal(HttpStatus.CONFLICT, "record-not-open",
				"Nothing was changed: some of these records were not rejected, or their corrections have already been sent.",
				errors);
	}
}
