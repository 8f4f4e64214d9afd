package io.rollcall.user.account.web;

import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.Problems;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.Account.Status;
import io.rollcall.user.account.AccountService;
import io.rollcall.user.account.AccountService.Acted;
import io.rollcall.user.account.AccountService.Saved;
import io.rollcall.user.account.Fault;
import io.rollcall.user.account.Origin;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.permission.Role;
import io.rollcall.user.roster.Roster;

/** {@code /api/users}: the guide's section V by hand. Everything here needs the permission to manage users. */
@RestController
@RequestMapping("/api/users")
@PreAuthorize("hasAuthority('manage-users')")
class UsersController {
	private static final int MAX_PAGE_SIZE = 200;
	private static final int MAX_BULK = 1000;

	private final AccountService accounts;
	private final Roster roster;
	private final Actors actors;
	private final Clock clock;

	UsersController(AccountService accounts, Roster roster, Actors actors, Clock clock) {
		this.accounts = accounts;
		this.roster = roster;
		this.actors = actors;
		this.clock = clock;
	}

	record PageResponse(List<AccountResponse> items, int page, int size, long totalItems, int totalPages) {}

	record BulkRequest(@Nullable List<UUID> userIds) {}

	record BulkResponse(List<Result> results) {
		/** {@code outcome} is {@code done}, {@code unchanged} or {@code refused}; a refusal has a code and a message. */
		record Result(UUID userId, String outcome, @Nullable String code, @Nullable String message) {}
	}

	@GetMapping
	@PreAuthorize("hasAuthority('manage-users')")
	ResponseEntity<?> list(@AuthenticationPrincipal Caller caller, @RequestParam(defaultValue = "") String search,
			@RequestParam(required = false) @Nullable String organization,
			@RequestParam(required = false) @Nullable String role,
			@RequestParam(defaultValue = "active") String status,
			@RequestParam(defaultValue = "lastName,asc") String sort, @RequestParam(defaultValue = "0") int page,
			@RequestParam(defaultValue = "50") int size) {
		Optional<Roster.Query> query = query(search, organization, role, status, sort);
		if (query.isEmpty() || page < 0 || size < 1 || size > MAX_PAGE_SIZE) {
			return problem(Problems.of(HttpStatus.BAD_REQUEST, "invalid-parameter",
					"role is one of DTC, STC, TA, TC, RAO; status active or deactivated; sort one of firstName, lastName,"
							+ " email, username, role with ,asc or ,desc; page from 0; size 1 to " + MAX_PAGE_SIZE
							+ "."));
		}
		Actor actor = actors.actor(caller);
		Roster.Page found = roster.find(actor, query.get(), page, size);
		List<AccountResponse> items = accounts.find(actor, found.ids()).stream().map(this::response).toList();
		int pages = (found.total() + size - 1) / size;
		return ResponseEntity.ok(new PageResponse(items, page, size, found.total(), pages));
	}

	private static Optional<Roster.Query> query(String search, @Nullable String organization, @Nullable String role,
			String status, String sort) {
		String[] order = sort.split(",", -1);
		Optional<Roster.Column> column = column(order[0]);
		boolean descending = order.length == 2 && order[1].equals("desc");
		if (column.isEmpty() || order.length > 2 || order.length == 2 && !descending && !order[1].equals("asc")) {
			return Optional.empty();
		}
		Role wanted = null;
		if (role != null && !role.isBlank()) {
			Optional<Role> known = Arrays.stream(Role.values()).filter(it -> it.name().equals(role)).findFirst();
			if (known.isEmpty()) return Optional.empty();
			wanted = known.get();
		}
		if (!status.equals("active") && !status.equals("deactivated")) return Optional.empty();
		return Optional
				.of(new Roster.Query(search, organization == null || organization.isBlank() ? null : organization,
						wanted, Status.valueOf(status.toUpperCase(Locale.ROOT)), column.get(), descending));
	}

	private static Optional<Roster.Column> column(String name) {
		return switch (name) {
			case "firstName" -> Optional.of(Roster.Column.FIRST_NAME);
			case "lastName" -> Optional.of(Roster.Column.LAST_NAME);
			case "email" -> Optional.of(Roster.Column.EMAIL);
			case "username" -> Optional.of(Roster.Column.USERNAME);
			case "role" -> Optional.of(Roster.Column.ROLE);
			default -> Optional.empty();
		};
	}

	@GetMapping("/{id}")
	@PreAuthorize("hasAuthority('manage-users')")
	ResponseEntity<?> get(@AuthenticationPrincipal Caller caller, @PathVariable UUID id) {
		return accounts.find(actors.actor(caller), id).<ResponseEntity<?>>map(this::ok)
				.orElseGet(UsersController::notFound);
	}

	@PostMapping
	@PreAuthorize("hasAuthority('manage-users')")
	ResponseEntity<?> create(@AuthenticationPrincipal Caller caller, @RequestBody AccountRequest request,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@RequestHeader(name = "traceparent", required = false) @Nullable String traceparent) {
		Origin origin = Actors.origin(caller, key, traceparent);
		return switch (accounts.create(actors.actor(caller), request.draft(), origin)) {
			case Saved.Done(Account account) -> ResponseEntity.created(URI.create("/api/users/" + account.id()))
					.eTag(String.valueOf(account.version())).body(response(account));
			case Saved refused -> refusal(refused);
		};
	}

	/** {@code If-Match} says which version the form was filled in from; without it nobody knows what would be overwritten. */
	@PutMapping("/{id}")
	@PreAuthorize("hasAuthority('manage-users')")
	ResponseEntity<?> change(@AuthenticationPrincipal Caller caller, @PathVariable UUID id,
			@RequestBody AccountRequest request,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			@RequestHeader(name = "traceparent", required = false) @Nullable String traceparent) {
		Actor actor = actors.actor(caller);
		if (accounts.find(actor, id).isEmpty()) return notFound();
		if (ifMatch == null) {
			return problem(Problems.of(HttpStatus.PRECONDITION_REQUIRED, "if-match-required",
					"Send the ETag of the account you changed as If-Match."));
		}
		Origin origin = Actors.origin(caller, null, traceparent);
		return switch (accounts.change(actor, id, request.draft(), version(ifMatch), origin)) {
			case Saved.Done(Account account) -> ok(account);
			case Saved refused -> refusal(refused);
		};
	}

	/** The version in an entity tag; a tag that is none of ours matches nothing. */
	private static long version(String tag) {
		String bare = tag.strip().replace("\"", "");
		return bare.matches("[0-9]{1,18}") ? Long.parseLong(bare) : -1;
	}

	private ResponseEntity<?> refusal(Saved refused) {
		return switch (refused) {
			case Saved.Invalid(List<Fault> faults) -> problem(Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "invalid",
					"Some fields need to be corrected.",
					faults.stream().map(it -> new Problems.FieldError(it.field().id(), it.code(), it.message()))
							.toList()));
			case Saved.Stale _ -> problem(Problems.of(HttpStatus.PRECONDITION_FAILED, "stale",
					"Someone else has changed this account meanwhile. Look at it again before you save."));
			case Saved.NotFound _ -> notFound();
			case Saved.Done(Account account) -> ok(account);
		};
	}

	@PostMapping("/deactivations")
	@PreAuthorize("hasAuthority('manage-users')")
	ResponseEntity<?> deactivate(@AuthenticationPrincipal Caller caller, @RequestBody BulkRequest request,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@RequestHeader(name = "traceparent", required = false) @Nullable String traceparent) {
		return bulk(request, ids -> accounts.deactivate(actors.actor(caller), ids,
				Actors.origin(caller, key, traceparent)));
	}

	@PostMapping("/reactivations")
	@PreAuthorize("hasAuthority('manage-users')")
	ResponseEntity<?> reactivate(@AuthenticationPrincipal Caller caller, @RequestBody BulkRequest request,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@RequestHeader(name = "traceparent", required = false) @Nullable String traceparent) {
		return bulk(request, ids -> accounts.reactivate(actors.actor(caller), ids,
				Actors.origin(caller, key, traceparent)));
	}

	@PostMapping("/credentials")
	@PreAuthorize("hasAuthority('manage-users')")
	ResponseEntity<?> resendCredentials(@AuthenticationPrincipal Caller caller, @RequestBody BulkRequest request,
			@RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
			@RequestHeader(name = "traceparent", required = false) @Nullable String traceparent) {
		return bulk(request, ids -> accounts.renewCredentials(actors.actor(caller), ids,
				Actors.origin(caller, key, traceparent)));
	}

	private interface BulkAction {
		Map<UUID, Acted> on(Set<UUID> ids);
	}

	private static ResponseEntity<?> bulk(BulkRequest request, BulkAction action) {
		List<UUID> ids = request.userIds();
		if (ids == null || ids.isEmpty() || ids.size() > MAX_BULK || ids.contains(null)) {
			return problem(Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "invalid",
					"userIds needs 1 to " + MAX_BULK + " account ids.", List.of(
							new Problems.FieldError("userIds", "user-ids-count",
									"1 to " + MAX_BULK + " account ids"))));
		}
		return ResponseEntity.ok(new BulkResponse(action.on(new LinkedHashSet<>(ids)).entrySet().stream()
				.map(entry -> result(entry.getKey(), entry.getValue())).toList()));
	}

	private static BulkResponse.Result result(UUID id, Acted acted) {
		return switch (acted) {
			case Acted.Done _ -> new BulkResponse.Result(id, "done", null, null);
			case Acted.Unchanged _ -> new BulkResponse.Result(id, "unchanged", null, null);
			case Acted.NotFound _ -> refused(id, "not-found", "There is no such account.");
			case Acted.NotAllowed _ -> refused(id, "not-allowed", "You may not do this to this account.");
			case Acted.Deactivated _ -> refused(id, "deactivated", "The account is deactivated.");
			case Acted.OutsideOwn(List<Organization> outside) -> refused(id, "organizations-outside",
					"The account also belongs to organizations that are not yours: "
							+ outside.stream().map(Organization::code).collect(Collectors.joining(", ")) + ".");
		};
	}

	private static BulkResponse.Result refused(UUID id, String code, String message) {
		return new BulkResponse.Result(id, "refused", code, message);
	}

	private ResponseEntity<?> ok(Account account) {
		return ResponseEntity.ok().eTag(String.valueOf(account.version())).body(response(account));
	}

	private AccountResponse response(Account account) {
		return AccountResponse.of(account, clock.instant());
	}

	private static ResponseEntity<?> notFound() {
		return problem(Problems.of(HttpStatus.NOT_FOUND, "not-found", "There is no such account."));
	}

	private static ResponseEntity<?> problem(ProblemDetail problem) {
		return ResponseEntity.of(problem).build();
	}
}
