package io.rollcall.imports.web;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.Imports;
import io.rollcall.imports.Imports.Receipt;
import io.rollcall.imports.undo.Undos;
import io.rollcall.imports.undo.Undos.Undo;
import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.IdempotencyKey;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;

/** Takes imports back. What is out of the caller's sight is as what is not there. */
@RestController
class UndosController {
	private final Imports imports;
	private final Undos undos;
	private final ImportResponses responses;
	private final ImportTurns turns;

	UndosController(Imports imports, Undos undos, ImportResponses responses, ImportTurns turns) {
		this.imports = imports;
		this.undos = undos;
		this.responses = responses;
		this.turns = turns;
	}

	/** 202 and an import that takes this one back, with the caller's own rights; what is taken back already stays so. */
	@PostMapping("/api/imports/{id}/undo")
	@PreAuthorize(ImportsController.MAY_IMPORT)
	ResponseEntity<ImportResponse> undo(@AuthenticationPrincipal Caller caller, @PathVariable UUID id,
			@RequestBody(required = false) @Nullable UndoRequest request,
			@RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey) {
		List<FieldError> errors = IdempotencyKey.errors(idempotencyKey);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		ImportSummary found = imports.find(id, caller).orElseThrow(Refusals::notFound);
		UndoRequest asked = request == null ? UndoRequest.NOTHING_SAID : request;
		var wish = new Undos.Wish(asked.isDryRun(), asked.usedOf(found.total()), idempotencyKey);
		Undo undo = turns.uploads.take(caller.accountId(), found.submission().bytes(),
				() -> undos.undo(found, wish, caller));
		return switch (undo) {
			case Undo.HandedIn(Receipt receipt) -> responses.received(receipt, caller);
			case Undo.NotCompleted _ -> throw Refusals.notCompleted();
			case Undo.NothingToUndo _ -> throw Problems.refusal(HttpStatus.CONFLICT, "nothing-to-undo",
					"This import neither created nor updated a user account, so there is nothing to undo.");
			case Undo.OfUndo _ -> throw Refusals.isUndo();
			case Undo.TooLate(Duration within) -> throw Problems.refusal(HttpStatus.CONFLICT, "undo-too-late",
					"An import can be undone for %d days after it was completed.".formatted(within.toDays()));
			case Undo.NoLongerKept _ -> throw Refusals.noLongerKept();
		};
	}
}
