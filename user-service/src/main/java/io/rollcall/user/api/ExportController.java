package io.rollcall.user.api;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Turns;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountService;
import io.rollcall.user.history.History;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.roster.Roster;

import static io.rollcall.user.api.UsersController.MAY_MANAGE;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Export Users (guide, section V.D): the selected accounts, or all that a filter finds, in the ten columns of the template. The
 * file is one that can be imported as it is, and then changes nothing.
 */
@RestController
@PreAuthorize(MAY_MANAGE)
class ExportController {
	private static final int MAX_SELECTED = 10_000;
	private static final int READ_AT_ONCE = 500;
	/** Shorter than the gateway's for the next piece of an answer. */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	/** For each part of a file, and not while it is written: a slow reader holds up nobody. */
	private final Turns turns = new Turns(2, PATIENCE);
	private final AccountService accounts;
	private final Roster roster;
	private final History history;

	ExportController(AccountService accounts, Roster roster, History history) {
		this.history = history;
		this.accounts = accounts;
		this.roster = roster;
	}

	/** Selected accounts by id, or else a filter. */
	record ExportRequest(@Nullable List<@Nullable UUID> userIds, @Nullable String search, @Nullable String organization,
			@Nullable String role, @Nullable String status, @Nullable String credentials, @Nullable String delivery,
			@Nullable String signedIn, @Nullable String signedInBefore, @Nullable String importId,
			@Nullable String people, @Nullable String sort) {
		AccountFilter filter() {
			return new AccountFilter(search, organization, role, status, credentials, delivery, signedIn,
					signedInBefore, importId, people, sort);
		}

		boolean hasFilter() {
			return Stream.of(search, organization, role, status, credentials, delivery, signedIn, signedInBefore,
					importId, people, sort)
					.anyMatch(Objects::nonNull);
		}
	}

	/** Written as it is read, so that a state's accounts need no more memory than a page of them. */
	@PostMapping(path = "/api/users/exports")
	@PreAuthorize(MAY_MANAGE)
	void export(Actor actor, @RequestBody ExportRequest request, HttpServletResponse response) throws IOException {
		List<UUID> ids = request.userIds() != null
				? selected(actor, request)
				: roster.find(actor, request.filter().query(id -> history.changedBy(actor, id)), 0, Integer.MAX_VALUE)
						.ids();
		response.setContentType("text/csv;charset=UTF-8");
		response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"users.csv\"");
		var out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), UTF_8));
		var csv = new AccountsCsv(out);
		for (List<UUID> part : parts(ids)) {
			for (Account account : read(actor, part))
				csv.add(account.profile());
		}
		out.flush();
	}

	/** All of them or a refusal: nobody would see that the file lacks some of those who were selected. */
	private List<UUID> selected(Actor actor, ExportRequest request) {
		List<UUID> ids = List.copyOf(BulkController.ids(request.userIds(), MAX_SELECTED));
		if (request.hasFilter()) throw refused("user-ids-or-filter", "Send userIds or a filter, not both.");
		int there = parts(ids).stream().mapToInt(part -> read(actor, part).size()).sum();
		if (there < ids.size()) {
			throw refused("user-ids-not-found",
					ids.size() - there + " of the selected accounts cannot be found any more.");
		}
		return ids;
	}

	private List<Account> read(Actor actor, List<UUID> part) {
		return turns.take(String.valueOf(actor.accountId()), 0, () -> accounts.find(actor, part));
	}

	private static ErrorResponseException refused(String code, String message) {
		return Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT,
				List.of(new Problems.FieldError("userIds", code, message)));
	}

	private static List<List<UUID>> parts(List<UUID> ids) {
		List<List<UUID>> parts = new ArrayList<>();
		for (int from = 0; from < ids.size(); from += READ_AT_ONCE)
			parts.add(ids.subList(from, Math.min(from + READ_AT_ONCE, ids.size())));
		return parts;
	}
}
