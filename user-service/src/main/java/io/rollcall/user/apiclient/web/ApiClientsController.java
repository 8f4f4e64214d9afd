package io.rollcall.user.apiclient.web;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.IdempotencyKey;
import io.rollcall.platform.web.PageResponse;
import io.rollcall.platform.web.Problems;
import io.rollcall.user.account.Origin;
import io.rollcall.user.apiclient.ApiClientService;
import io.rollcall.user.apiclient.ApiClientService.Made;
import io.rollcall.user.credential.ApiClient;
import io.rollcall.user.credential.Password;
import io.rollcall.user.credential.Site;
import io.rollcall.user.permission.Actor;

/**
 * {@code /api/api-clients}: programs that act for oneself, with {@code client_credentials} at the token endpoint. Only somebody
 * who has signed in to the Portal makes one, with the current password. Whoever manages an account wholly sees and revokes its
 * clients. A program does so for its owner, and knows nothing of the owner's others: it can end itself alone.
 */
@RestController
@RequestMapping("/api/api-clients")
@PreAuthorize("hasAuthority('manage-users')")
class ApiClientsController {
	private static final int LARGEST_PAGE = 200;

	private final ApiClientService clients;

	ApiClientsController(ApiClientService clients) {
		this.clients = clients;
	}

	/** @param status {@code active} or {@code revoked} */
	record ApiClientResponse(String clientId, String name, String status, Instant createdAt,
			@Nullable Instant lastUsedAt, @Nullable Instant revokedAt) {
		static ApiClientResponse of(ApiClient client) {
			return new ApiClientResponse(client.clientId(), client.name(), client.isRevoked() ? "revoked" : "active",
					client.createdAt(), client.lastUsedAt(), client.revokedAt());
		}
	}

	record MakeRequest(@Nullable String name, @Nullable String currentPassword) {}

	/** {@code clientSecret} is shown here and never again. */
	record MadeResponse(String clientId, String clientSecret, String name, Instant createdAt) {}

	@GetMapping
	@PreAuthorize("hasAuthority('manage-users')")
	PageResponse<ApiClientResponse> list(@AuthenticationPrincipal Caller caller, Actor actor,
			@RequestParam(required = false) @Nullable UUID account,
			@RequestParam(defaultValue = "0") int page, @RequestParam(defaultValue = "50") int size) {
		List<Problems.FieldError> errors = PageResponse.errors(page, size, LARGEST_PAGE);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		UUID owner = account == null ? caller.account() : account;
		if (caller.isProgramOf(owner)) throw signInRequired("see your own API clients");
		List<ApiClient> all = clients.of(actor, owner)
				.orElseThrow(() -> Problems.refusal(HttpStatus.NOT_FOUND, "not-found", "There is no such account."));
		return PageResponse.of(PageResponse.part(all, page, size).stream().map(ApiClientResponse::of).toList(), page,
				size, all.size());
	}

	@PostMapping
	@PreAuthorize("hasAuthority('manage-users')")
	ResponseEntity<MadeResponse> make(@AuthenticationPrincipal Caller caller, Origin.Request origin,
			@RequestHeader(name = IdempotencyKey.HEADER, required = false) @Nullable String idempotencyKey,
			@RequestBody MakeRequest request) {
		if (caller.sid() == null || !Site.PORTAL.name().equals(caller.site())) {
			throw signInRequired("make an API client");
		}
		List<Problems.FieldError> errors = IdempotencyKey.errors(idempotencyKey);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		return switch (clients.make(UUID.fromString(caller.sid()), new Password(text(request.currentPassword())),
				text(request.name()), idempotencyKey, origin)) {
			case Made.Done(ApiClient client, String secret) ->
				ResponseEntity.created(URI.create("/api/api-clients/" + client.clientId()))
						.body(new MadeResponse(client.clientId(), secret, client.name(), client.createdAt()));
			case Made.InvalidName(String code, String message) ->
				throw Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, "invalid",
						"Some fields need to be corrected.",
						List.of(new Problems.FieldError("name", code, message)));
			case Made.TooMany(int most) -> throw Problems.refusal(HttpStatus.CONFLICT, "too-many-api-clients",
					"You have " + most + " API clients, which is the most. Revoke one that is not needed.");
			case Made.TooManyToday(int most) -> throw Problems.refusal(HttpStatus.CONFLICT,
					"too-many-api-clients-today",
					"You have made " + most
							+ " API clients within 24 hours, which is the most. Make the next one tomorrow.");
			case Made.MadeBefore(String clientId) ->
				throw Problems.refusal(HttpStatus.CONFLICT, "api-client-made-before", "API client " + clientId
						+ " was made with this Idempotency-Key. Its secret is not shown again: if it did not arrive, revoke the client and make another.");
			case Made.KeyReused _ -> throw Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused",
					"This Idempotency-Key was used for another request.");
		};
	}

	/** One's own at the Portal whatever one's role is, which may not be what it was. */
	@DeleteMapping("/{clientId}")
	@PreAuthorize("isAuthenticated() and !hasRole('SERVICE') and !principal.isAtTrainingSite()")
	ResponseEntity<Void> revoke(@AuthenticationPrincipal Caller caller, Actor actor, Origin.Request origin,
			@PathVariable String clientId) {
		boolean isOneself = clientId.equals(caller.clientId());
		if (!isOneself && ApiClient.owner(clientId).filter(owner -> caller.isProgramOf(owner)).isPresent()) {
			throw signInRequired("revoke your own API clients");
		}
		if (!clients.revoke(actor, clientId, origin)) {
			throw Problems.refusal(HttpStatus.NOT_FOUND, "not-found", "There is no such API client.");
		}
		return ResponseEntity.noContent().build();
	}

	private static ErrorResponseException signInRequired(String purpose) {
		return Problems.refusal(HttpStatus.FORBIDDEN, "sign-in-required", "You must be signed in to " + purpose + ".");
	}

	private static String text(@Nullable String text) {
		return text == null ? "" : text;
	}
}
