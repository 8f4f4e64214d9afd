package io.rollcall.user.api;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonProperty.Access;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.Waiting;
import io.rollcall.user.account.BulkService;
import io.rollcall.user.account.BulkService.Acted;
import io.rollcall.user.account.MailBudget;
import io.rollcall.user.account.Origin;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Actor;
import io.rollcall.user.request.Attempt;

import static io.rollcall.user.api.UsersController.MAY_MANAGE;

/** What is done to many accounts in one call (guide, section V.C); each account has an outcome of its own. */
@RestController
@RequestMapping("/api/users")
@PreAuthorize(MAY_MANAGE)
class BulkController {
	private static final int MAX_ACCOUNTS = 1000;

	private final BulkService accounts;
	private final Once once;
	private final Proof proof;

	BulkController(BulkService accounts, Once once, Proof proof) {
		this.accounts = accounts;
		this.once = once;
		this.proof = proof;
	}

	/**
	 * @param ifMatch entity tags that accounts must have, by their ids, to be deactivated or reactivated; those that are not named may have any
	 * @param currentPassword of who asks, where that is asked for; no part of what is written down
	 */
	record BulkRequest(@Nullable List<@Nullable UUID> userIds,
			@JsonInclude(Include.NON_NULL) @Nullable Map<String, @Nullable String> ifMatch,
			@JsonProperty(access = Access.WRITE_ONLY) @Nullable String currentPassword) {}

	record BulkResponse(List<Result> results) {}

	/**
	 * {@code outcome} is {@code done}, {@code unchanged} or {@code refused}; a refusal has a code and a message. What is done has the entity tag
	 * that the account has now.
	 */
	record Result(UUID userId, String outcome, @Nullable String code, @Nullable String message,
			@Nullable String etag) {}

	private interface Action {
		Map<UUID, Acted> on(Actor actor, Set<UUID> ids, Origin.Request origin, Attempt attempt);
	}

	@PostMapping("/deactivations")
	@PreAuthorize(MAY_MANAGE)
	BulkResponse deactivate(Call call, @RequestBody BulkRequest request) {
		Map<UUID, String> editions = editions(request);
		return run("deactivate", call, request,
				(actor, ids, origin, attempt) -> accounts.deactivate(actor, ids, editions, origin, attempt));
	}

	@PostMapping("/reactivations")
	@PreAuthorize(MAY_MANAGE)
	BulkResponse reactivate(@AuthenticationPrincipal Caller caller, Call call, @RequestBody BulkRequest request) {
		Map<UUID, String> editions = editions(request);
		boolean proven = isProven(caller, call, request);
		return run("reactivate", call, request,
				(actor, ids, origin, attempt) -> accounts.reactivate(actor, ids, editions, proven, origin, attempt));
	}

	@PostMapping("/credentials")
	@PreAuthorize(MAY_MANAGE)
	BulkResponse resendCredentials(@AuthenticationPrincipal Caller caller, Call call,
			@RequestBody BulkRequest request) {
		boolean proven = isProven(caller, call, request);
		return run("credentials", call, request,
				(actor, ids, origin, attempt) -> accounts.renewCredentials(actor, ids, proven, origin, attempt));
	}

	/** One that is named here alone would be left out without a word. */
	private static Map<UUID, String> editions(BulkRequest request) {
		Map<String, @Nullable String> tags = request.ifMatch();
		if (tags == null) return Map.of();
		Map<UUID, String> editions = new HashMap<>();
		for (UUID id : ids(request.userIds(), MAX_ACCOUNTS))
			EntityTags.edition(tags.get(id.toString())).ifPresent(edition -> editions.put(id, edition));
		if (editions.size() < tags.size()) {
			throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT,
					List.of(new FieldError("ifMatch", "if-match-unusable",
							"ifMatch needs the entity tags of accounts that are among the userIds.")));
		}
		return editions;
	}

	/** A password is evaluated, which is dear, only where it counts. */
	private boolean isProven(Caller caller, Call call, BulkRequest request) {
		return request.currentPassword() != null
				&& accounts.takesProof(call.actor(), ids(request.userIds(), MAX_ACCOUNTS))
				&& proof.isGiven(caller, request.currentPassword());
	}

	private BulkResponse run(String what, Call call, BulkRequest request, Action action) {
		Set<UUID> ids = ids(request.userIds(), MAX_ACCOUNTS);
		return once.run(call, what, request,
				attempt -> new BulkResponse(action.on(call.actor(), ids, call.origin(), attempt).entrySet().stream()
						.map(entry -> result(entry.getKey(), entry.getValue())).toList()));
	}

	/** The ids, once each. */
	static Set<UUID> ids(@Nullable List<@Nullable UUID> userIds, int most) {
		Set<UUID> ids = new LinkedHashSet<>();
		if (userIds != null) {
			for (UUID id : userIds)
				if (id != null) ids.add(id);
		}
		if (userIds == null || ids.isEmpty() || userIds.size() > most || userIds.contains(null)) {
			throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, List
					.of(new FieldError("userIds", "user-ids-count", "userIds needs 1 to " + most + " account ids.")));
		}
		return ids;
	}

	private static Result result(UUID id, Acted acted) {
		return switch (acted) {
			case Acted.Done(String edition) -> new Result(id, "done", null, null, EntityTags.of(edition));
			case Acted.Unchanged _ -> new Result(id, "unchanged", null, null, null);
			case Acted.ChangedMeanwhile _ ->
				refused(id, "changed-meanwhile", "Somebody has changed this account meanwhile.");
			case Acted.NotFound _ -> refused(id, "not-found", "There is no such account.");
			case Acted.NotAllowed _ -> refused(id, "not-allowed", "You may not do this to this account.");
			case Acted.ProofRequired _ -> refused(id, Proof.SIGN_IN_REQUIRED,
					"Sign in to the MCAS Portal and give your current password to do this to this account.");
			case Acted.DoneBefore _ -> refused(id, "answered-before", // and perhaps refused
					"This request was answered before, and nothing more was done. Look at the account; if you still want this, ask for it anew.");
			case Acted.Deactivated _ -> refused(id, "deactivated", "The account is deactivated.");
			case Acted.MailedTooOften(MailBudget.Item item, Duration wait) -> refused(id, "mailed-too-often",
					tooOften(item).formatted(item.most(), Waiting.inWords(wait)));
			case Acted.OutsideOwn(List<Organization> outside) -> refused(id, "organizations-outside",
					"The account also belongs to organizations that are not yours: "
							+ outside.stream().map(Organization::code).collect(Collectors.joining(", ")) + ".");
		};
	}

	private static String tooOften(MailBudget.Item item) {
		return item == MailBudget.Item.REACTIVATION
				? "You reactivated this account %d times within 24 hours. You can reactivate it again in %s."
				: "You sent new credentials to this account %d times within 24 hours. You can send them again in %s.";
	}

	private static Result refused(UUID id, String code, String message) {
		return new Result(id, "refused", code, message, null);
	}
}
