package io.rollcall.imports.web;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.rollcall.imports.HistoryFilter;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Imports;
import io.rollcall.imports.Imports.Receipt;
import io.rollcall.imports.Page;
import io.rollcall.imports.Submission;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.progress.Progress;
import io.rollcall.imports.progress.ProgressBoard;
import io.rollcall.imports.suggestion.Suggestion;
import io.rollcall.imports.suggestion.Suggestions;
import io.rollcall.imports.table.TableChoice;
import io.rollcall.platform.security.Caller;
import io.rollcall.platform.security.OvertakenTokens;
import io.rollcall.platform.web.IdempotencyKey;
import io.rollcall.platform.web.PageResponse;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.SearchText;
import io.rollcall.platform.web.Spelling;

/** The Upload Users page's calls (guide, section V.D). What is out of the caller's sight is answered as what is not there. */
@RestController
@RequestMapping("/api/imports")
class ImportsController {
	static final String MAY_IMPORT = "hasAuthority('manage-users')";
	static final String MAY_SEE = "hasAuthority('manage-users') or hasRole('SERVICE')";
	private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");
	private static final int LARGEST_PAGE = 500;

	private final Imports imports;
	private final ImportResponses responses;
	private final ImportTurns turns;
	private final Suggestions suggestions;
	private final TableParts tableParts;
	private final ProgressBoard progress;
	private final ProgressStreams streams;
	private final OvertakenTokens overtaken;

	ImportsController(Imports imports, ImportResponses responses, ImportTurns turns, Suggestions suggestions,
			TableParts tableParts, ProgressBoard progress, ProgressStreams streams, OvertakenTokens overtaken) {
		this.imports = imports;
		this.responses = responses;
		this.turns = turns;
		this.suggestions = suggestions;
		this.tableParts = tableParts;
		this.progress = progress;
		this.streams = streams;
		this.overtaken = overtaken;
	}

	/** Also the way to bring corrected rows back: as a file of them alone, however it was made. */
	@PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	@PreAuthorize(MAY_IMPORT)
	ResponseEntity<ImportResponse> submit(@AuthenticationPrincipal Caller caller,
			@RequestPart(name = "file", required = false) @Nullable List<MultipartFile> files,
			@RequestParam(defaultValue = "") String action, @RequestParam(required = false) @Nullable String dryRun,
			@RequestParam(required = false) @Nullable String table,
			@RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey,
			@RequestHeader(name = "traceparent", required = false) @Nullable String traceparent,
			MultipartHttpServletRequest request) throws IOException {
		List<FieldError> errors = UploadParts.errors(request, UploadParts.OF_AN_IMPORT);
		MultipartFile file = UploadParts.file(files, errors);
		TableChoice tableChoice = tableParts.choice(table, errors);
		Optional<Action> chosen = action(action);
		if (chosen.isEmpty()) errors.add(new FieldError("action", "invalid", "The action must be add or update."));
		boolean dry = "true".equalsIgnoreCase(dryRun);
		// Blank is no word for "no": somebody wanted to say something.
		if (dryRun != null && !dry && !dryRun.equalsIgnoreCase("false")) {
			errors.add(new FieldError("dryRun", "invalid", "dryRun must be true or false."));
		}
		errors.addAll(IdempotencyKey.errors(idempotencyKey));
		if (!errors.isEmpty() || file == null || chosen.isEmpty()) {
			throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		}
		if (tableChoice != null && !dry) {
			throw Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, "table-needs-preview",
					"A table can only be uploaded for a preview. Look at the preview, and apply it.");
		}
		Receipt receipt = turns.uploads.take(caller.accountId(),
				tableChoice == null ? file.getSize() : ImportTurns.OF_A_TABLE,
				() -> imports.submit(new Imports.Upload(chosen.get(), dry,
						FileNames.clean(file.getOriginalFilename()), file.getBytes(), tableChoice, traceparent,
						idempotencyKey), caller));
		return responses.received(receipt, caller);
	}

	private static Optional<Action> action(String name) {
		return switch (name.toLowerCase(Locale.ROOT)) {
			case "add" -> Optional.of(Action.ADD);
			case "update" -> Optional.of(Action.UPDATE);
			default -> Optional.empty();
		};
	}

	@GetMapping("/template")
	@PreAuthorize(MAY_IMPORT)
	ResponseEntity<byte[]> template() {
		return ResponseEntity.ok().contentType(CSV)
				.header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"users-template.csv\"")
				.body(imports.template());
	}

	@GetMapping
	@PreAuthorize(MAY_SEE)
	PageResponse<ImportResponse> history(@AuthenticationPrincipal Caller caller,
			@RequestParam(defaultValue = "") String search,
			@RequestParam(defaultValue = "") String status, @RequestParam(defaultValue = "") String action,
			@RequestParam(required = false) @Nullable Boolean dryRun,
			@RequestParam(defaultValue = "") String from, @RequestParam(defaultValue = "") String to,
			@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "50") int size) {
		List<FieldError> errors = PageResponse.errors(page, size, LARGEST_PAGE);
		if (!List.of("", "processing", "completed").contains(status)) {
			errors.add(new FieldError("status", "invalid", "The status must be processing or completed."));
		}
		if (!action.isEmpty() && action(action).isEmpty()) {
			errors.add(new FieldError("action", "invalid", "The action must be add or update."));
		}
		errors.addAll(SearchText.errors(search));
		Instant first = day("from", from, 0, errors);
		Instant before = day("to", to, 1, errors);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		var filter = new HistoryFilter(search, status.isEmpty() ? null : status.equals("completed"),
				action(action).orElse(null), dryRun, first, before);
		Page<ImportSummary> found = imports.history(caller, filter, page, size);
		return PageResponse.of(responses.of(found.items(), caller), found.page(), found.size(), found.totalItems());
	}

	private static <S, T> PageResponse<T> response(Page<S> page, Function<S, T> each) {
		return PageResponse.of(page.items().stream().map(each).toList(), page.page(), page.size(), page.totalItems());
	}

	/** A day of UTC, or a moment. */
	private static @Nullable Instant day(String name, String text, int plusDays, List<FieldError> errors) {
		if (text.isEmpty()) return null;
		try {
			Instant moment = text.contains("T")
					? Spelling.moment(text).orElseThrow(() -> new DateTimeException("no moment"))
					: LocalDate.parse(text).plusDays(plusDays).atStartOfDay(ZoneOffset.UTC).toInstant();
			moment.toEpochMilli(); // which not every moment has: those are none of ours
			return moment;
		} catch (DateTimeException | ArithmeticException e) {
			errors.add(new FieldError(name, "invalid",
					"'" + name + "' must be a day like 2026-03-31 or a moment like 2026-03-31T12:00:00Z."));
			return null;
		}
	}

	@GetMapping("/{id}")
	@PreAuthorize(MAY_SEE)
	ImportResponse get(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		return responses.of(found(id, caller), caller);
	}

	@GetMapping("/{id}/rows")
	@PreAuthorize(MAY_SEE)
	PageResponse<RowResponse> rows(@AuthenticationPrincipal Caller caller, Authentication authentication,
			@PathVariable UUID id,
			@RequestParam(defaultValue = "") String outcome,
			@RequestParam(defaultValue = "false") boolean changedSincePreview,
			@RequestParam(defaultValue = "0") int page,
			@RequestParam(defaultValue = "50") int size) {
		List<FieldError> errors = PageResponse.errors(page, size, LARGEST_PAGE);
		if (!outcome.isEmpty() && !RowResponse.OUTCOMES.contains(outcome)) {
			errors.add(new FieldError("outcome", "invalid",
					"The outcome must be one of " + String.join(", ", RowResponse.OUTCOMES) + "."));
		}
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		String bearer = token(authentication).getTokenValue();
		ImportSummary found = found(id, caller);
		return turns.looks.take(caller.accountId(), found.submission().bytes(), () -> {
			ImportedRows rows = keptRows(found);
			Page<Integer> records = page(rows, outcome, changedSincePreview, page, size);
			Map<Integer, List<Suggestion>> suggested = suggestions.of(rows, records.items(), bearer);
			return response(records,
					record -> RowResponse.of(rows, record, suggested.getOrDefault(record, List.of())));
		});
	}

	private static Page<Integer> page(ImportedRows rows, String outcome, boolean changed, int page, int size) {
		List<Integer> records = IntStream.rangeClosed(1, rows.file().records().size())
				.filter(record -> !changed || rows.isChangedSincePreview(record))
				.filter(record -> outcome.isEmpty()
						|| RowResponse.nameOf(rows.outcomes().get(record)).equals(outcome))
				.boxed().toList();
		return new Page<>(PageResponse.part(records, page, size), page, size, records.size());
	}

	@GetMapping("/{id}/errors")
	@PreAuthorize(MAY_SEE)
	ResponseEntity<byte[]> errorFile(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		ImportSummary found = found(id, caller);
		Submission submission = found.submission();
		if (submission.undoOf() != null) throw Refusals.isUndo();
		byte[] file = turns.looks.take(caller.accountId(), submission.bytes(), () -> errorFile(keptRows(found)));
		return ResponseEntity.ok().contentType(CSV).header(HttpHeaders.CONTENT_DISPOSITION,
				FileNames.errorFileDisposition(submission.fileName())).body(file);
	}

	private byte[] errorFile(ImportedRows rows) {
		if (rows.outcomes().size() < rows.file().records().size()) throw Refusals.notCompleted();
		return imports.errorFile(rows).orElseThrow(() -> Problems.refusal(HttpStatus.NOT_FOUND, "no-rejected-records",
				"No record of this import was rejected."));
	}

	/** The file as it was uploaded. */
	@GetMapping("/{id}/file")
	@PreAuthorize(MAY_SEE)
	ResponseEntity<byte[]> file(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		ImportSummary summary = found(id, caller);
		if (!imports.isFileInSight(summary, caller)) throw Refusals.fileOutOfSight();
		byte[] file = turns.looks.take(caller.accountId(), summary.submission().bytes(),
				() -> imports.file(summary).orElseThrow(Refusals::noLongerKept));
		return ResponseEntity.ok().contentType(MediaType.APPLICATION_OCTET_STREAM)
				.header(HttpHeaders.CONTENT_DISPOSITION, FileNames.disposition(summary.submission().fileName()))
				.body(file);
	}

	/** How it goes, for those who ask again and again. */
	@GetMapping(path = "/{id}/progress", produces = MediaType.APPLICATION_JSON_VALUE)
	@PreAuthorize(MAY_SEE)
	Progress progress(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		return progress.now(found(id, caller));
	}

	/** How it goes, live. 204 tells a browser that has seen the end not to come again. */
	@GetMapping(path = "/{id}/progress", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@PreAuthorize(MAY_SEE)
	ResponseEntity<SseEmitter> live(@AuthenticationPrincipal Caller caller, Authentication authentication,
			@PathVariable UUID id,
			@RequestHeader(name = "Last-Event-ID", defaultValue = "") String lastEventId) {
		Progress now = progress.now(found(id, caller));
		if (now.hasEnded() && now.state().equals(lastEventId)) return ResponseEntity.noContent().build();
		Jwt token = token(authentication);
		SseEmitter stream = streams.open(now, lastEventId, caller.accountId(), () -> !overtaken.isOvertaken(token))
				.orElseThrow(Refusals::tooManyStreams);
		return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(stream);
	}

	static Jwt token(Authentication authentication) {
		if (authentication.getCredentials() instanceof Jwt token) return token;
		throw new IllegalStateException("every caller has a token");
	}

	private ImportedRows keptRows(ImportSummary found) {
		return imports.rows(found).orElseThrow(Refusals::noLongerKept);
	}

	private ImportSummary found(UUID id, Caller caller) {
		return imports.find(id, caller).orElseThrow(Refusals::notFound);
	}
}
