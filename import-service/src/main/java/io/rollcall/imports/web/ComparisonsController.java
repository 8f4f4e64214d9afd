package io.rollcall.imports.web;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.comparison.Comparison;
import io.rollcall.imports.comparison.Comparisons;
import io.rollcall.imports.comparison.Comparisons.Compared;
import io.rollcall.imports.comparison.Comparisons.Result;
import io.rollcall.imports.comparison.StaffAccounts.Refusal;
import io.rollcall.imports.table.TableChoice;
import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.IdempotencyKey;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.Turns;
import io.rollcall.platform.web.Waiting;

/** A list of all the staff of some organizations, compared with the accounts there. One has to do with one's own lists alone. */
@RestController
@RequestMapping("/api/comparisons")
@PreAuthorize(ImportsController.MAY_IMPORT)
class ComparisonsController {
	private static final int MOST_ORGANIZATIONS = 100;

	private final Comparisons comparisons;
	private final ImportResponses responses;
	private final ImportTurns turns;
	private final TableParts tableParts;
	private final Clock clock;

	ComparisonsController(Comparisons comparisons, ImportResponses responses, ImportTurns turns, TableParts tableParts,
			Clock clock) {
		this.comparisons = comparisons;
		this.responses = responses;
		this.turns = turns;
		this.tableParts = tableParts;
		this.clock = clock;
	}

	/** @param confirmed how many people may be changed or lost, where that has to be said */
	record PreviewsRequest(@Nullable Integer confirmed) {}

	record PreviewsResponse(List<ImportResponse> previews) {}

	@PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
	@PreAuthorize(ImportsController.MAY_IMPORT)
	ResponseEntity<ComparisonResponse> compare(@AuthenticationPrincipal Caller caller, Authentication authentication,
			@RequestPart(name = "file", required = false) @Nullable List<MultipartFile> files,
			@RequestParam(required = false) @Nullable List<String> organization,
			@RequestParam(required = false) @Nullable String table, MultipartHttpServletRequest request)
			throws IOException {
		List<FieldError> errors = UploadParts.errors(request, UploadParts.OF_A_COMPARISON);
		MultipartFile file = UploadParts.file(files, errors);
		TableChoice choice = tableParts.choice(table, errors);
		List<String> organizations = organization == null ? List.of() : organization.stream().distinct().toList();
		if (organizations.isEmpty() || organizations.size() > MOST_ORGANIZATIONS) {
			errors.add(new FieldError(UploadParts.ORGANIZATION, "organizations-count",
					"Choose 1 to " + MOST_ORGANIZATIONS + " organizations whose staff the list has."));
		}
		if (!errors.isEmpty() || file == null) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		Result<Compared> result = turn(caller,
				() -> comparisons.add(new Comparisons.Upload(FileNames.clean(file.getOriginalFilename()),
						file.getBytes(), organizations, choice), bearer(authentication), caller));
		Compared compared = done(result);
		return ResponseEntity.created(URI.create("/api/comparisons/" + compared.list().id()))
				.body(ComparisonResponse.of(compared));
	}

	@GetMapping("/{id}")
	@PreAuthorize(ImportsController.MAY_IMPORT)
	ComparisonResponse get(@AuthenticationPrincipal Caller caller, Authentication authentication,
			@PathVariable UUID id) {
		Comparison list = found(id, caller);
		return turn(caller, () -> ComparisonResponse.of(look(list, authentication)));
	}

	@PatchMapping("/{id}")
	@PreAuthorize(ImportsController.MAY_IMPORT)
	ResponseEntity<Void> decide(@AuthenticationPrincipal Caller caller, @PathVariable UUID id,
			@RequestBody DecisionsRequest request) {
		Comparison list = found(id, caller);
		comparisons.decide(list, request.read(list.total()));
		return ResponseEntity.noContent().build();
	}

	/** Nothing is applied by it: that each preview is for. */
	@PostMapping("/{id}/previews")
	@PreAuthorize(ImportsController.MAY_IMPORT)
	PreviewsResponse preview(@AuthenticationPrincipal Caller caller, Authentication authentication,
			@PathVariable UUID id, @RequestBody PreviewsRequest request,
			@RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey) {
		List<FieldError> errors = new ArrayList<>(IdempotencyKey.errors(idempotencyKey));
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		Comparison list = found(id, caller);
		List<ImportSummary> previews = turn(caller, () -> done(comparisons.preview(look(list, authentication),
				request.confirmed(), idempotencyKey, caller)));
		if (previews.isEmpty()) {
			throw Problems.refusal(HttpStatus.CONFLICT, "nothing-to-preview",
					"The list neither adds nor changes any user account.");
		}
		return new PreviewsResponse(responses.of(previews, caller));
	}

	private <T, E extends Exception> T turn(Caller caller, Turns.Work<T, E> work) throws E {
		return turns.comparisons.take(caller.accountId(), ImportTurns.OF_A_TABLE, work);
	}

	private Compared look(Comparison list, Authentication authentication) {
		return done(comparisons.look(list, bearer(authentication)).orElseThrow(ComparisonsController::notFound));
	}

	private static String bearer(Authentication authentication) {
		return ImportsController.token(authentication).getTokenValue();
	}

	private <T> T done(Result<T> result) {
		return switch (result) {
			case Result.Done<T>(T value) -> value;
			case Result.Refused<T>(var reason) -> throw Refusals.of(reason);
			case Result.OverQuota<T>(var spent) -> throw Refusals.overQuota(spent, clock.instant());
			case Result.NotConfirmed<T>(int affected) -> throw Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT,
					"confirmation-required",
					"According to this list, %,d people have changed or left. It may be the wrong list. If it is the right one, send 'confirmed' with that number."
							.formatted(affected));
			case Result.KeyReused<T> _ -> throw Refusals.keyReused();
			case Result.NotCompared<T>(Refusal.NotOwn(String detail)) -> throw Problems.invalid(
					HttpStatus.UNPROCESSABLE_CONTENT,
					List.of(new FieldError(UploadParts.ORGANIZATION, "organization-not-own", detail)));
			case Result.NotCompared<T>(Refusal.Spent(var left)) -> throw Waiting.refusal("row-allowance",
					"You have had as many records compared as is possible in one day.", left);
		};
	}

	private Comparison found(UUID id, Caller caller) {
		return comparisons.find(id, caller).orElseThrow(ComparisonsController::notFound);
	}

	private static ErrorResponseException notFound() {
		return Problems.refusal(HttpStatus.NOT_FOUND, "not-found",
				"There is no such comparison, or it is no longer kept.");
	}
}
