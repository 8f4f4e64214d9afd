package io.rollcall.user.api;

import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.PageResponse;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountService;
import io.rollcall.user.account.AccountService.Saved;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.api.AccountJson.AccountRequest;
import io.rollcall.user.api.AccountJson.AccountResponse;
import io.rollcall.user.api.AccountJson.ChangeRequest;
import io.rollcall.user.history.History;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.roster.Roster;
import io.rollcall.user.roster.RosterLag;

import static io.rollcall.user.api.UsersController.MAY_MANAGE;

/** {@code /api/users}: the guide's sections V.A and V.B by hand, one account at a time. */
@RestController
@RequestMapping("/api/users")
@PreAuthorize(MAY_MANAGE)
class UsersController {
	static final String MAY_MANAGE = "hasAuthority('manage-users')";
	/** How many accounts a page has at most. */
	private static final int LARGEST_PAGE = 200;
	/** How many changes of other instances the list does not show yet; 0 but for moments. */
	static final String LAG = "Rollcall-List-Lag";

	private final AccountService accounts;
	private final Roster roster;
	private final RosterLag lag;
	private final History history;
	private final AccountResponses responses;
	private final Once once;
	private final Proof proof;

	UsersController(AccountService accounts, Roster roster, RosterLag lag, History history,
			AccountResponses responses, Once once, Proof proof) {
		this.accounts = accounts;
		this.roster = roster;
		this.lag = lag;
		this.history = history;
		this.responses = responses;
		this.once = once;
		this.proof = proof;
	}

	@GetMapping
	@PreAuthorize(MAY_MANAGE)
	ResponseEntity<PageResponse<AccountResponse>> list(Actor actor, @ModelAttribute AccountFilter filter,
			@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "50") int size) {
		List<FieldError> errors = filter.errors();
		errors.addAll(PageResponse.errors(page, size, LARGEST_PAGE));
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		long behind = lag.events();
		Roster.Page found = roster.find(actor, filter.query(id -> history.changedBy(actor, id)), page, size);
		return ResponseEntity.ok().header(LAG, String.valueOf(behind)).body(
				PageResponse.of(responses.of(accounts.find(actor, found.ids())), page, size, found.total()));
	}

	@GetMapping("/{id}")
	@PreAuthorize(MAY_MANAGE)
	ResponseEntity<AccountResponse> get(Actor actor, @PathVariable UUID id) {
		return answer(ResponseEntity.ok(),
				new Saved.Done(accounts.find(actor, id).orElseThrow(Refusals::notFound), Set.of()));
	}

	/** The roles that run the system are granted, and who has one is changed, in a session of the Portal, with the {@code currentPassword}. */
	@PostMapping
	@PreAuthorize(MAY_MANAGE)
	ResponseEntity<AccountResponse> create(@AuthenticationPrincipal Caller caller, Call call,
			@RequestBody AccountRequest request) {
		Draft draft = draft(caller, call, request, null);
		return once.run(call, "create", request, attempt -> {
			Saved.Done created = done(accounts.create(call.actor(), draft, call.origin(), attempt));
			return answer(ResponseEntity.created(URI.create("/api/users/" + created.account().id())), created);
		});
	}

	/**
	 * {@code If-Match} says what the form was filled in from; without it nobody knows what would be overwritten. For the
	 * {@code currentPassword} see {@link #create}.
	 */
	@PutMapping("/{id}")
	@PreAuthorize(MAY_MANAGE)
	ResponseEntity<AccountResponse> change(@AuthenticationPrincipal Caller caller, Call call, @PathVariable UUID id,
			@RequestBody ChangeRequest request,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		Account account = accounts.find(call.actor(), id).orElseThrow(Refusals::notFound);
		String edition = EntityTags.edition(ifMatch, account.edition());
		// What was read of another edition may well be otherwise by now.
		boolean current = account.edition().equals(edition);
		List<FieldError> errors = current ? request.errors(account) : List.of();
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		AccountRequest form = request.form();
		Draft draft = current ? draft(caller, call, form, account) : form.draft();
		return once.run(call, "change " + id, form, attempt -> answer(ResponseEntity.ok(),
				done(accounts.change(call.actor(), id, draft, edition, call.origin(), attempt))));
	}

	/** Proven when it is about somebody who runs the system, or is to; whoever may not do that, as oneself, is refused as ever. */
	private Draft draft(Caller caller, Call call, AccountRequest request, @Nullable Account before) {
		Draft form = request.draft();
		if (call.actor().role() != Role.SC || before != null && call.actor().is(before.id())) return form;
		if (before != null && before.profile().role().runsTheSystem()) {
			return proof.of(form, caller, request.currentPassword(), "change this account");
		}
		return form.namesRoleOfTheSystem()
				? proof.of(form, caller, request.currentPassword(), "grant this role")
				: form;
	}

	private static Saved.Done done(Saved saved) {
		return switch (saved) {
			case Saved.Done done -> done;
			case Saved.Refused refused -> throw Refusals.of(refused);
		};
	}

	private ResponseEntity<AccountResponse> answer(ResponseEntity.BodyBuilder answer, Saved.Done saved) {
		AccountResponse shown = responses.of(saved.account(), saved.credentialsSent());
		return answer.eTag(EntityTags.of(saved.account(), shown)).body(shown);
	}
}
