package io.rollcall.imports.web;

import java.io.IOException;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

import io.rollcall.imports.table.Tables;
import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;

/** Says how a table may be read. Nothing is stored: what is wanted is uploaded with the choice, for a preview or a comparison. */
@RestController
@RequestMapping("/api/imports/tables")
class TablesController {
	private final ImportTurns turns;
	private final Tables tables;

	TablesController(ImportTurns turns, Tables tables) {
		this.turns = turns;
		this.tables = tables;
	}

	@PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	@PreAuthorize("hasAuthority('manage-users')")
	TableResponse propose(@AuthenticationPrincipal Caller caller,
			@RequestPart(name = "file", required = false) @Nullable List<MultipartFile> files,
			@RequestParam(required = false) @Nullable String sheet,
			@RequestParam(required = false) @Nullable String headerLine, MultipartHttpServletRequest request)
			throws IOException {
		List<FieldError> errors = UploadParts.errors(request, UploadParts.OF_A_TABLE);
		MultipartFile file = UploadParts.file(files, errors);
		Integer line = TableParts.line(headerLine, errors);
		if (!errors.isEmpty() || file == null) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		Tables.Offer offer = turns.uploads.take(caller.accountId(), ImportTurns.OF_A_TABLE,
				() -> tables.propose(caller.accountId(),
						file.getBytes(), sheet == null || sheet.isEmpty() ? null : sheet, line));
		return switch (offer) {
			case Tables.Offer.Made(var proposal) ->
				TableResponse.of(FileNames.clean(file.getOriginalFilename()), proposal);
			case Tables.Offer.Refused(var reason) -> throw Refusals.of(reason);
		};
	}
}
