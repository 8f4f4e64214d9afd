package io.rollcall.user.history.web;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.PageResponse;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.history.Entry;
import io.rollcall.user.history.History;
import io.rollcall.user.permission.Actor;

import static java.nio.charset.StandardCharsets.UTF_8;

/** An account's history, for whoever may see the account. */
@RestController
@PreAuthorize("hasAuthority('manage-users')")
class HistoryController {
	private static final int LARGEST_PAGE = 200;

	private final History history;

	HistoryController(History history) {
		this.history = history;
	}

	/**
	 * One change.
	 *
	 * @param id the same whenever it is read; means nothing else
	 * @param what {@code created}, {@code updated}, {@code deactivated}, {@code reactivated}, {@code password-changed},
	 * {@code credentials-sent}, {@code api-client-made}, {@code api-client-revoked} or {@code confirmed}
	 * @param way {@code form}, {@code training-form}, which is one at the Training Site, {@code import}, {@code api-client} or
	 * {@code system}
	 * @param by who did it; absent when it was the system, or someone out of the caller's sight. Then the import and the API client that
	 * it was done by are absent, too
	 * @param sites {@code portal}, {@code training}: whose password it concerns
	 * @param apiClients which API clients it concerns, as far as the caller may see them
	 * @param confirmation of {@code confirmed}: in which, and what was said of the account
	 */
	record EntryResponse(UUID id, Instant at, String what, String way, @Nullable AuthorResponse by,
			@Nullable UUID importId, @Nullable Integer recordNumber, @Nullable String clientId,
			List<ChangeResponse> changes, List<String> sites, List<ClientResponse> apiClients,
			@Nullable ConfirmedResponse confirmation) {}

	/**
	 * @param name of the confirmation
	 * @param decision {@code stays}, {@code left} or {@code wrong}
	 * @param before the decision that it replaces
	 */
	record ConfirmedResponse(UUID id, String name, String decision, @Nullable String before) {
		static @Nullable ConfirmedResponse of(Entry.@Nullable Confirmed it) {
			return it == null
					? null
					: new ConfirmedResponse(it.confirmationId(), it.name(), it.decision(), it.before());
		}
	}

	/** An API client; {@code name} is what its owner calls it. */
	record ClientResponse(String clientId, String name) {}

	/** Of the service center others see the name of the role alone. */
	record AuthorResponse(@Nullable UUID id, @Nullable String username, String name) {}

	/** One field, before and after, as the CSV template spells it. */
	record ChangeResponse(String field, String before, String after) {}

	@GetMapping("/api/users/{id}/history")
	@PreAuthorize("hasAuthority('manage-users')")
	PageResponse<EntryResponse> history(@AuthenticationPrincipal Caller caller, Actor actor, @PathVariable UUID id,
			@RequestParam(defaultValue = "0") int page,
			@RequestParam(defaultValue = "50") int size) {
		List<FieldError> errors = PageResponse.errors(page, size, LARGEST_PAGE);
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, errors);
		History.Page found = history.of(actor, id, page, size).orElseThrow(HistoryController::notFound);
		return PageResponse.of(found.entries().stream()
				.map(entry -> response(entry, found.author(entry),
						client -> found.whole() && mayKnow(caller, client, id), caller))
				.toList(), page, size, found.total());
	}

	/** A program knows nothing of the other programs of its owner. */
	private static boolean mayKnow(Caller caller, @Nullable String clientId, UUID owner) {
		return !caller.isProgramOf(owner) || Objects.equals(clientId, caller.clientId());
	}

	/** What an import or a program is called tells of whoever has it, and is left out with them. */
	private static EntryResponse response(Entry entry, History.@Nullable Author author, Predicate<String> clients,
			Caller caller) {
		Entry.By by = entry.by();
		UUID seen = author == null ? null : author.id();
		return new EntryResponse(opaque(entry.id()), entry.at(), word(entry.what().name()), by.way(),
				author == null ? null : new AuthorResponse(author.id(), author.username(), author.name()),
				seen == null ? null : by.importId(), seen == null ? null : by.recordNumber(),
				seen == null || !mayKnow(caller, by.clientId(), seen) ? null : by.clientId(),
				entry.changes().stream().map(it -> new ChangeResponse(it.field().id(), it.before(), it.after()))
						.toList(),
				entry.sites().stream().map(HistoryController::word).toList(),
				entry.apiClients().stream().filter(it -> clients.test(it.clientId()))
						.map(it -> new ClientResponse(it.clientId(), it.name())).toList(),
				ConfirmedResponse.of(entry.confirmed()));
	}

	/** The event's own names who did it and the key of the request, whoever reads. */
	private static UUID opaque(String eventId) {
		return UUID.nameUUIDFromBytes(eventId.getBytes(UTF_8));
	}

	/** Also for an account that the caller may not know of. */
	private static ErrorResponseException notFound() {
		return Problems.refusal(HttpStatus.NOT_FOUND, "not-found", "There is no such account.");
	}

	private static String word(String constant) {
		return constant.toLowerCase(Locale.ROOT).replace('_', '-');
	}
}
