package io.rollcall.user.confirmation.web;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.web.IdempotencyKey;
import io.rollcall.platform.web.PageResponse;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.VersionTags;
import io.rollcall.user.account.Origin;
import io.rollcall.user.confirmation.Confirmation;
import io.rollcall.user.confirmation.ConfirmationService;
import io.rollcall.user.confirmation.ConfirmationService.Change;
import io.rollcall.user.confirmation.ConfirmationService.Saved;
import io.rollcall.user.confirmation.Plan;
import io.rollcall.user.confirmation.Worklists;
import io.rollcall.user.confirmation.web.ConfirmationJson.ConfirmationChangeRequest;
import io.rollcall.user.confirmation.web.ConfirmationJson.ConfirmationResponse;
import io.rollcall.user.confirmation.web.ConfirmationJson.HandOverRequest;
import io.rollcall.user.confirmation.web.ConfirmationJson.HandOversRequest;
import io.rollcall.user.confirmation.web.ConfirmationJson.OpeningRequest;
import io.rollcall.user.permission.Actor;

/** The service center opens, changes and closes confirmations; district coordinators hand schools over. */
@RestController
@RequestMapping("/api/confirmations")
@PreAuthorize("hasAuthority('manage-users')")
class ConfirmationsController {
	private static final int LARGEST_PAGE = 200;
	private static final int MOST_HAND_OVERS = 500;

	private final ConfirmationService confirmations;
	private final Worklists worklists;
	private final Requests requests;
	private final Clock clock;

	ConfirmationsController(ConfirmationService confirmations, Worklists worklists, Requests requests, Clock clock) {
		this.confirmations = confirmations;
		this.worklists = worklists;
		this.requests = requests;
		this.clock = clock;
	}

	@PostMapping
	@PreAuthorize("hasAuthority('manage-users') and hasRole('SC')")
	ResponseEntity<ConfirmationResponse> open(Actor actor, Origin.Request origin,
			@RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey,
			@RequestBody OpeningRequest request) {
		List<FieldError> errors = new ArrayList<>();
		Plan plan = new Plan(request.name() == null ? "" : request.name().strip(),
				Set.copyOf(Requests.codes("districts", request.districts(), errors)),
				Requests.day(request.deadline(), errors), Requests.days(request.reminders(), errors));
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		return requests.once(idempotencyKey, origin, "open", request, _ -> {
			Confirmation opened = Requests.done(confirmations.open(plan, origin));
			return answer(ResponseEntity.created(URI.create("/api/confirmations/" + opened.id())), actor, opened);
		});
	}

	@GetMapping
	@PreAuthorize("hasAuthority('manage-users')")
	PageResponse<ConfirmationResponse> list(Actor actor, @RequestParam(defaultValue = "0") int page,
			@RequestParam(defaultValue = "50") int size) {
		List<FieldError> errors = PageResponse.errors(page, size, LARGEST_PAGE);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		List<Confirmation> all = confirmations.list(actor);
		return PageResponse.of(PageResponse.part(all, page, size).stream()
				.map(it -> ConfirmationResponse.of(it, actor, clock.instant(), null)).toList(), page, size, all.size());
	}

	@GetMapping("/{id}")
	@PreAuthorize("hasAuthority('manage-users')")
	ResponseEntity<ConfirmationResponse> get(Actor actor, @PathVariable UUID id) {
		return answer(ResponseEntity.ok(), actor, found(actor, id));
	}

	@PatchMapping("/{id}")
	@PreAuthorize("hasAuthority('manage-users') and hasRole('SC')")
	ResponseEntity<ConfirmationResponse> change(Actor actor, Origin.Request origin, @PathVariable UUID id,
			@RequestBody ConfirmationChangeRequest request,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		Confirmation shown = found(actor, id);
		Set<Long> versions = VersionTags.versions(ifMatch);
		if (versions == null || versions.isEmpty()) {
			throw Problems.refusal(HttpStatus.PRECONDITION_REQUIRED, "if-match-required",
					"Send the ETag that you got when you read the confirmation as If-Match. * and other tags are not accepted.");
		}
		List<FieldError> errors = new ArrayList<>();
		boolean closing = Boolean.TRUE.equals(request.closed());
		var change = new Change(Requests.day(request.deadline(), errors),
				request.reminders() == null ? null : Requests.days(request.reminders(), errors), closing);
		if (Boolean.FALSE.equals(request.closed()) && shown.closedAt() != null) {
			errors.add(new FieldError("closed", "not-changeable", "A closed confirmation cannot be opened again."));
		}
		if (closing && (request.deadline() != null || request.reminders() != null)) {
			errors.add(new FieldError("closed", "closed-alone", "Send closed alone, without another change."));
		}
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		return answer(ResponseEntity.ok(), actor,
				Requests.done(confirmations.change(shown, change, versions, origin)));
	}

	/** Schools that are not named stay with whom they are. */
	@PatchMapping("/{id}/hand-overs")
	@PreAuthorize("hasAuthority('manage-users') and hasRole('DTC')")
	ResponseEntity<ConfirmationResponse> handOver(Actor actor, Origin.Request origin, @PathVariable UUID id,
			@RequestBody HandOversRequest request) {
		Confirmation shown = found(actor, id);
		List<@Nullable HandOverRequest> given = request.handOvers() == null ? List.of() : request.handOvers();
		Map<String, Optional<UUID>> wanted = new LinkedHashMap<>();
		Set<String> faults = new HashSet<>();
		for (HandOverRequest one : given) {
			String school = one == null || one.school() == null ? "" : one.school().strip();
			if (one == null || school.isEmpty()) {
				faults.add("Each hand-over needs a school.");
			} else if (wanted.put(school, Optional.ofNullable(one.userId())) != null) {
				faults.add("A school is named twice.");
			}
		}
		if (request.handOvers() == null || given.size() > MOST_HAND_OVERS) {
			faults.add("handOvers takes at most " + MOST_HAND_OVERS + " schools.");
		}
		if (!faults.isEmpty()) {
			throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT,
					faults.stream().sorted().map(it -> new FieldError("handOvers", "invalid", it)).toList());
		}
		Saved saved = confirmations.handOver(actor, shown, wanted, origin);
		return answer(ResponseEntity.ok(), actor, Requests.done(saved));
	}

	private Confirmation found(Actor actor, UUID id) {
		return confirmations.find(actor, id).orElseThrow(Requests::notFound);
	}

	private ResponseEntity<ConfirmationResponse> answer(ResponseEntity.BodyBuilder answer, Actor actor,
			Confirmation confirmation) {
		ConfirmationResponse shown = ConfirmationResponse.of(confirmation, actor, clock.instant(),
				worklists.progress(actor, confirmation, null).people());
		return answer.eTag(VersionTags.of(confirmation.version(), shown)).body(shown);
	}
}
