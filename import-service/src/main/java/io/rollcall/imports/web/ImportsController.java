package io.rollcall.imports.web;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

import io.rollcall.imports.Action;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.Imports;
import io.rollcall.imports.Imports.Receipt;
import io.rollcall.imports.Page;
import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;

/** The Upload Users page's calls (guide, section V.D). What is out of the caller's sight is answered as what is not there. */
@RestController
@RequestMapping("/api/imports")
class ImportsController {
	private static final String MAY_IMPORT = "hasAuthority('manage-users') or hasRole('SC')";
	private static final String MAY_SEE = "hasAuthority('manage-users') or hasAnyRole('SC', 'SERVICE')";
	private static final MediaType CSV = MediaType.parseMediaType("text/csv;charset=UTF-8");
	private static final int LARGEST_PAGE = 500;
	private static final int LAST_PAGE = 100_000;

	private final Imports imports;

	ImportsController(Imports imports) {
		this.imports = imports;
	}

	@PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	@PreAuthorize(MAY_IMPORT)
	ResponseEntity<?> submit(@AuthenticationPrincipal Caller caller,
			@RequestPart(name = "file", required = false) @Nullable MultipartFile file,
			@RequestParam(defaultValue = "") String action, @RequestParam(defaultValue = "false") String dryRun,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
			@RequestHeader(name = "traceparent", required = false) @Nullable String traceparent) throws IOException {
		List<FieldError> errors = new ArrayList<>();
		if (file == null || file.isEmpty() && (file.getOriginalFilename() == null
				|| file.getOriginalFilename().isEmpty())) {
			errors.add(new FieldError("file", "required", "Choose a file to upload."));
		}
		Optional<Action> chosen = action(action);
		if (chosen.isEmpty()) errors.add(new FieldError("action", "invalid", "The action must be add or update."));
		if (!dryRun.equalsIgnoreCase("true") && !dryRun.equalsIgnoreCase("false")) {
			errors.add(new FieldError("dryRun", "invalid", "dryRun must be true or false."));
		}
		if (idempotencyKey != null && !idempotencyKey.matches("[\\x21-\\x7E]{1,255}")) {
			errors.add(new FieldError("Idempotency-Key", "invalid", "The Idempotency-Key cannot be used."));
		}
		if (!errors.isEmpty() || file == null || chosen.isEmpty()) {
			return Refusals.answer(Refusals.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors));
		}
		var upload = new Imports.Upload(chosen.get(), Boolean.parseBoolean(dryRun),
				FileNames.clean(file.getOriginalFilename()), file.getBytes(), traceparent, idempotencyKey);
		return switch (imports.submit(upload, caller)) {
			case Receipt.Accepted(ImportSummary stored) ->
				ResponseEntity.accepted().location(URI.create("/api/imports/" + stored.id()))
						.body(ImportResponse.of(stored));
			case Receipt.Refused(var reason) -> Refusals.answer(Refusals.of(reason));
			case Receipt.KeyReused _ -> Refusals.answer(Refusals.unprocessable("idempotency-key-reused",
					"This Idempotency-Key was used for another upload."));
		};
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
	ResponseEntity<?> history(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "0") int page,
			@RequestParam(defaultValue = "50") int size) {
		List<FieldError> errors = pageErrors(page, size);
		if (!errors.isEmpty()) return Refusals.answer(Refusals.invalid(HttpStatus.BAD_REQUEST, errors));
		return ResponseEntity.ok(PageResponse.of(imports.history(caller, page, size), ImportResponse::of));
	}

	@GetMapping("/{id}")
	@PreAuthorize(MAY_SEE)
	ResponseEntity<?> get(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		return found(imports.find(id, caller), summary -> ResponseEntity.ok(ImportResponse.of(summary)));
	}

	@GetMapping("/{id}/rows")
	@PreAuthorize(MAY_SEE)
	ResponseEntity<?> rows(@AuthenticationPrincipal Caller caller, @PathVariable UUID id,
			@RequestParam(defaultValue = "") String outcome, @RequestParam(defaultValue = "0") int page,
			@RequestParam(defaultValue = "50") int size) {
		List<FieldError> errors = pageErrors(page, size);
		if (!outcome.isEmpty() && !RowResponse.OUTCOMES.contains(outcome)) {
			errors.add(new FieldError("outcome", "invalid",
					"The outcome must be one of " + String.join(", ", RowResponse.OUTCOMES) + "."));
		}
		if (!errors.isEmpty()) return Refusals.answer(Refusals.invalid(HttpStatus.BAD_REQUEST, errors));
		return found(imports.rows(id, caller), rows -> ResponseEntity.ok(
				PageResponse.of(page(rows, outcome, page, size), record -> RowResponse.of(rows, record))));
	}

	private static Page<Integer> page(ImportedRows rows, String outcome, int page, int size) {
		List<Integer> records = IntStream.rangeClosed(1, rows.file().records().size())
				.filter(record -> outcome.isEmpty()
						|| RowResponse.nameOf(rows.outcomes().get(record)).equals(outcome))
				.boxed().toList();
		return new Page<>(records.stream().skip((long) page * size).limit(size).toList(), page, size, records.size());
	}

	@GetMapping("/{id}/errors")
	@PreAuthorize(MAY_SEE)
	ResponseEntity<?> errorFile(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		return found(imports.rows(id, caller), rows -> {
			if (rows.outcomes().size() < rows.file().records().size()) {
				return Refusals.answer(Problems.of(HttpStatus.CONFLICT, "import-not-completed",
						"The import is still being processed."));
			}
			Optional<byte[]> file = imports.errorFile(rows);
			if (file.isEmpty()) {
				return Refusals.answer(Problems.of(HttpStatus.NOT_FOUND, "no-rejected-records",
						"No record of this import was rejected."));
			}
			return ResponseEntity.ok().contentType(CSV).header(HttpHeaders.CONTENT_DISPOSITION,
					FileNames.errorFileDisposition(rows.submission().fileName())).body(file.get());
		});
	}

	private static <T> ResponseEntity<?> found(Optional<T> found, Function<T, ResponseEntity<?>> answer) {
		return found.isPresent()
				? answer.apply(found.get())
				: Refusals.answer(Problems.of(HttpStatus.NOT_FOUND, "not-found", "There is nothing at this address."));
	}

	private static List<FieldError> pageErrors(int page, int size) {
		List<FieldError> errors = new ArrayList<>();
		if (page < 0 || page > LAST_PAGE) {
			errors.add(new FieldError("page", "invalid", "The page must be between 0 and " + LAST_PAGE + "."));
		}
		if (size < 1 || size > LARGEST_PAGE) {
			errors.add(new FieldError("size", "invalid", "The size must be between 1 and " + LARGEST_PAGE + "."));
		}
		return errors;
	}
}
