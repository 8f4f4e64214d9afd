package io.rollcall.user.confirmation.web;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
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
import io.rollcall.platform.web.Turns;
import io.rollcall.user.account.Origin;
import io.rollcall.user.confirmation.Confirmation;
import io.rollcall.user.confirmation.ConfirmationService;
import io.rollcall.user.confirmation.Deciding;
import io.rollcall.user.confirmation.Deciding.Asked;
import io.rollcall.user.confirmation.Deciding.Outcome;
import io.rollcall.user.confirmation.Decision;
import io.rollcall.user.confirmation.Details;
import io.rollcall.user.confirmation.State;
import io.rollcall.user.confirmation.Verdict;
import io.rollcall.user.confirmation.Worklists;
import io.rollcall.user.confirmation.Worklists.Entry;
import io.rollcall.user.confirmation.Worklists.Query;
import io.rollcall.user.confirmation.web.ConfirmationJson.DecisionOutcomeResponse;
import io.rollcall.user.confirmation.web.ConfirmationJson.DecisionRequest;
import io.rollcall.user.confirmation.web.ConfirmationJson.DecisionResponse;
import io.rollcall.user.confirmation.web.ConfirmationJson.DecisionsRequest;
import io.rollcall.user.confirmation.web.ConfirmationJson.DecisionsResponse;
import io.rollcall.user.confirmation.web.ConfirmationJson.ItemResponse;
import io.rollcall.user.confirmation.web.ConfirmationJson.ProgressResponse;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.roster.RosterLag;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Who is still there: a coordinator's worklist, her decisions, and how far all are. */
@RestController
@RequestMapping("/api/confirmations/{id}")
@PreAuthorize("hasAuthority('manage-users')")
class WorklistController {
	private static final int LARGEST_PAGE = 200;
	private static final int MOST_DECISIONS = 200;
	private static final int READ_AT_ONCE = 500;
	private static final String PROPOSED = "proposed";
	/** As of the list of accounts, which this is made from. */
	private static final String LAG = "Rollcall-List-Lag";
	/** Shorter than the gateway's for the next piece of an answer. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** For each part of a report, and not while it is written: a slow reader holds up nobody. */
	private final Turns turns = new Turns(2, PATIENCE);
	private final ConfirmationService confirmations;
	private final Worklists worklists;
	private final Details details;
	private final Deciding deciding;
	private final RosterLag lag;
	private final Requests requests;
	private final Clock clock;

	WorklistController(ConfirmationService confirmations, Worklists worklists, Details details, Deciding deciding,
			RosterLag lag, Requests requests, Clock clock) {
		this.confirmations = confirmations;
		this.worklists = worklists;
		this.details = details;
		this.deciding = deciding;
		this.lag = lag;
		this.requests = requests;
		this.clock = clock;
	}

	/** Those within sight; what is proposed for deactivation is the service center's alone to see as such. */
	@GetMapping("/accounts")
	@PreAuthorize("hasAuthority('manage-users')")
	ResponseEntity<PageResponse<ItemResponse>> accounts(Actor actor, @PathVariable UUID id,
			@RequestParam(defaultValue = "") String organization, @RequestParam(defaultValue = "") String state,
			@RequestParam(defaultValue = "false") boolean mine, @RequestParam(defaultValue = "0") int page,
			@RequestParam(defaultValue = "50") int size) {
		Confirmation confirmation = found(actor, id);
		List<FieldError> errors = PageResponse.errors(page, size, LARGEST_PAGE);
		String code = Requests.code(organization, errors);
		boolean proposed = state.equals(PROPOSED);
		State known = state.isEmpty() || proposed ? null : State.of(state).orElse(null);
		if (!state.isEmpty() && !proposed && known == null) {
			errors.add(new FieldError("state", "invalid",
					"The state must be open, stays, left, wrong, settled or proposed."));
		}
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		if (proposed && !actor.isStateWide()) {
			throw Problems.refusal(HttpStatus.FORBIDDEN, "service-center-only",
					"Only the service center sees who is proposed for deactivation.");
		}
		long behind = lag.events();
		List<Entry> all = worklists.find(actor, confirmation, new Query(code, known, proposed, mine));
		return ResponseEntity.ok().header(LAG, String.valueOf(behind))
				.body(PageResponse.of(details.of(actor, confirmation, PageResponse.part(all, page, size)).stream()
						.map(ItemResponse::of).toList(), page, size, all.size()));
	}

	@PostMapping("/decisions")
	@PreAuthorize("hasAuthority('manage-users')")
	DecisionsResponse decide(Actor actor, Origin.Request origin, @PathVariable UUID id,
			@RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey,
			@RequestBody DecisionsRequest request) {
		Confirmation confirmation = found(actor, id);
		List<Asked> asked = asked(request);
		return requests.once(idempotencyKey, origin, "decide " + id, request,
				attempt -> new DecisionsResponse(deciding.decide(actor, confirmation, asked, origin, attempt)
						.orElseThrow(() -> Requests.noMore(confirmation.phase(clock.instant()))).entrySet().stream()
						.map(it -> outcome(it.getKey(), it.getValue())).toList()));
	}

	private static List<Asked> asked(DecisionsRequest request) {
		List<@Nullable DecisionRequest> given = request.decisions() == null ? List.of() : request.decisions();
		Map<UUID, Asked> asked = new LinkedHashMap<>();
		List<FieldError> errors = new ArrayList<>();
		for (DecisionRequest one : given) {
			Verdict verdict = one == null || one.decision() == null ? null : Verdict.of(one.decision()).orElse(null);
			if (one == null || one.userId() == null || verdict == null) {
				errors.add(new FieldError("decisions", "invalid",
						"Each decision needs a userId, and stays, left or wrong as its decision."));
			} else if (asked.put(one.userId(), new Asked(one.userId(), verdict,
					one.version() == null ? 0 : one.version())) != null) {
				errors.add(new FieldError("decisions", "given-twice", "An account is named twice."));
			}
		}
		if (given.isEmpty() || given.size() > MOST_DECISIONS) {
			errors.add(new FieldError("decisions", "decisions-count",
					"decisions needs 1 to " + MOST_DECISIONS + " decisions."));
		}
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		return List.copyOf(asked.values());
	}

	private static DecisionOutcomeResponse outcome(UUID id, Outcome outcome) {
		return switch (outcome) {
			case Outcome.Done(Decision it) ->
				new DecisionOutcomeResponse(id, "done", null, null, DecisionResponse.of(it, null));
			case Outcome.Unchanged(Decision it) ->
				new DecisionOutcomeResponse(id, "unchanged", null, null, DecisionResponse.of(it, null));
			case Outcome.AlreadyDecided(Decision it, var by) ->
				new DecisionOutcomeResponse(id, "refused", "already-decided",
						"A different decision about this account was made since you looked at it.",
						DecisionResponse.of(it, by));
			case Outcome.NotFound _ -> refused(id, "not-found", "There is no such account.");
			case Outcome.NotAllowed _ -> refused(id, "not-allowed", "You may not decide about this account.");
			case Outcome.OutsideOwn(List<Organization> outside) -> refused(id, "organizations-outside",
					"The account also belongs to organizations that are not yours: "
							+ outside.stream().map(Organization::code).collect(Collectors.joining(", ")) + ".");
			case Outcome.Deactivated _ -> refused(id, "deactivated", "The account is deactivated.");
			case Outcome.NotAsked _ ->
				refused(id, "not-in-confirmation", "The account is not among those that are to be confirmed.");
			case Outcome.AnsweredBefore _ -> refused(id, "answered-before",
					"This request was answered before, and nothing more was done. Look at the account; if you still want this, ask for it anew.");
			case Outcome.Over _ -> refused(id, "confirmation-over",
					"The confirmation ended before this was done. Ask the service center.");
		};
	}

	private static DecisionOutcomeResponse refused(UUID id, String code, String message) {
		return new DecisionOutcomeResponse(id, "refused", code, message, null);
	}

	/** By district for the service center, unless it asks for one; by place for everybody else. */
	@GetMapping("/progress")
	@PreAuthorize("hasAuthority('manage-users')")
	ResponseEntity<ProgressResponse> progress(Actor actor, @PathVariable UUID id,
			@RequestParam(defaultValue = "") String organization) {
		Confirmation confirmation = found(actor, id);
		List<FieldError> errors = new ArrayList<>();
		String code = Requests.code(organization, errors);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		long behind = lag.events();
		return ResponseEntity.ok().header(LAG, String.valueOf(behind)).body(ProgressResponse
				.of(worklists.progress(actor, confirmation, code), confirmation.phase(clock.instant())));
	}

	/** Written as it is read, so that a state's accounts need no more memory than a part of them. */
	@GetMapping("/report")
	@PreAuthorize("hasAuthority('manage-users')")
	void report(Actor actor, @PathVariable UUID id, HttpServletResponse response) throws IOException {
		Confirmation confirmation = found(actor, id);
		List<Entry> all = worklists.all(actor, confirmation);
		response.setContentType("text/csv;charset=UTF-8");
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"confirmation.csv\"");
		var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), UTF_8));
		var csv = new ReportCsv(out);
		for (int from = 0; from < all.size(); from += READ_AT_ONCE) {
			List<Entry> part = all.subList(from, Math.min(from + READ_AT_ONCE, all.size()));
			for (Details.Detail one : turns.take(String.valueOf(actor.accountId()), 0,
					() -> details.of(actor, confirmation, part)))
				csv.add(one);
		}
		out.flush();
	}

	private Confirmation found(Actor actor, UUID id) {
		return confirmations.find(actor, id).orElseThrow(Requests::notFound);
	}
}
