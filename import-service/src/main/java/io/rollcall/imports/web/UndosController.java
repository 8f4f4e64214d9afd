package io.rollcall.imports.web;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.Imports;
import io.rollcall.imports.undo.Undos;
import io.rollcall.imports.undo.Undos.Undo;
import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.Problems;

/** Takes imports back. What is out of the caller's sight is as what is not there. */
@RestController
class UndosController {
	private final Imports imports;
	private final Undos undos;
	private final ImportResponses responses;
	private final ImportTurns turns;
	private final Clock clock;

	UndosController(Imports imports, Undos undos, ImportResponses responses, ImportTurns turns, Clock clock) {
		this.imports = imports;
		this.undos = undos;
		this.responses = responses;
		this.turns = turns;
		this.clock = clock;
	}

	/** 202 and an import that takes this one back, with the caller's own rights: the same one whenever it is asked again. */
	@PostMapping("/api/imports/{id}/undo")
	@PreAuthorize(ImportsController.MAY_IMPORT)
	ResponseEntity<ImportResponse> undo(@AuthenticationPrincipal Caller caller, @PathVariable UUID id,
			@RequestBody(required = false) @Nullable UndoRequest request) {
		ImportSummary found = imports.find(id, caller).orElseThrow(Refusals::notFound);
		UndoRequest wish = request == null ? UndoRequest.NOTHING_SAID : request;
		Set<Integer> used = wish.usedOf(found.total());
		Undo undo = turns.uploads.take(caller.accountId(), found.submission().bytes(),
				() -> undos.undo(found, wish.isDryRun(), used, caller));
		return switch (undo) {
			case Undo.Accepted(ImportSummary stored) -> responses.accepted(stored, caller);
			case Undo.UndoneOutOfSight _ -> throw Problems.refusal(HttpStatus.CONFLICT, "import-undone",
					"This import has been undone by somebody whose imports you may not see.");
			case Undo.NotCompleted _ -> throw Refusals.notCompleted();
			case Undo.NothingToUndo _ -> throw Problems.refusal(HttpStatus.CONFLICT, "nothing-to-undo",
					"This import created and updated nobody, so there is nothing to undo.");
			case Undo.OfUndo _ -> throw Problems.refusal(HttpStatus.CONFLICT, "import-is-undo",
					"This is the undo of another import. It cannot be undone itself; upload a file instead.");
			case Undo.TooLate(Duration within) -> throw Problems.refusal(HttpStatus.CONFLICT, "undo-too-late",
					"An import can be undone for %d days after it was processed.".formatted(within.toDays()));
			case Undo.NoLongerKept _ -> throw Refusals.noLongerKept();
			case Undo.OverQuota(var spent) -> throw Refusals.overQuota(spent, clock.instant());
		};
	}
}
