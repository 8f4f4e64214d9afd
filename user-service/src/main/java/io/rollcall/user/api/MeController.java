package io.rollcall.user.api;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountService;
import io.rollcall.user.account.AccountService.Saved;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.api.AccountJson.MeResponse;
import io.rollcall.user.credential.PasswordRules;
import io.rollcall.user.credential.Site;
import io.rollcall.user.permission.Permission;

/** {@code /api/me}: who one is, what one may, and one's own profile (guide, section IV.B). */
@RestController
@RequestMapping("/api/me")
class MeController {
	/** What one changes oneself; role, organizations and programs are for others to say. */
	private static final Set<Field> OWN = Stream
			.concat(Stream.of(Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL), Field.DETAILS.stream())
			.collect(Collectors.toUnmodifiableSet());
	/** What became of something: it may stand in a change of what was read, and says nothing there. */
	private static final Set<String> RESULTS = Set.of("passwordExpiresAt", "credentialsSent");

	private final Actors actors;
	private final AccountService accounts;
	private final Proof proof;
	private final PasswordRules rules;
	private final Once once;
	private final JsonMapper json;

	MeController(Actors actors, AccountService accounts, Proof proof, PasswordRules rules, Once once,
			JsonMapper json) {
		this.actors = actors;
		this.accounts = accounts;
		this.proof = proof;
		this.rules = rules;
		this.once = once;
		this.json = json;
	}

	@GetMapping
	@PreAuthorize("isAuthenticated() and !hasRole('SERVICE')")
	ResponseEntity<MeResponse> me(@AuthenticationPrincipal Caller caller) {
		return answer(caller, actors.account(caller), Set.of());
	}

	/**
	 * Changes the fields that are named; null or blank clears phone, fax or address. By the same rules as everywhere. What else the
	 * answer has may stand there, too, unless it is to be otherwise. Another e-mail
	 * address takes a session of the Portal and the {@code currentPassword}: whoever reads the mails of an account has it.
	 */
	@PatchMapping
	@PreAuthorize("isAuthenticated() and !hasRole('SERVICE')")
	ResponseEntity<MeResponse> change(@AuthenticationPrincipal Caller caller, Call call,
			@RequestBody Map<String, @Nullable Object> body,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		// The password is no part of the change: nothing of it is kept with an idempotency key.
		Map<String, @Nullable Object> changes = new LinkedHashMap<>(body);
		Object currentPassword = changes.remove("currentPassword");
		Account me = actors.account(caller);
		String edition = EntityTags.edition(ifMatch, me.edition());
		JsonNode shown = json.valueToTree(shown(caller, me, Set.of()));
		List<FieldError> unknown = changes.keySet().stream().filter(it -> !shown.has(it) && !isOfAProfile(it))
				.filter(it -> !RESULTS.contains(it)).map(Problems::unknownField).toList();
		if (!unknown.isEmpty()) throw Problems.invalid(HttpStatus.BAD_REQUEST, unknown);
		// What was read of another edition may well be otherwise by now.
		boolean stale = !me.edition().equals(edition);
		changes.entrySet().removeIf(it -> shown.has(it.getKey()) && !isOwn(it.getKey())
				&& (stale || shown.get(it.getKey()).equals(json.valueToTree(it.getValue()))));
		changes.keySet().removeAll(RESULTS);
		Draft form = draft(changes);
		boolean moves = !stale && form.changesEmail(me.profile().email());
		Draft draft = moves
				? proof.of(form, caller, currentPassword instanceof String text ? text : null,
						"change your email address")
				: form;
		return once.run(call, "change me", changes,
				attempt -> switch (accounts.change(call.actor(), caller.account(), draft, edition, call.origin(),
						attempt)) {
					case Saved.Done(Account account, Set<Site> credentialsSent) ->
						answer(caller, account, credentialsSent);
					case Saved.Refused refused -> throw Refusals.of(refused);
				});
	}

	private static Draft draft(Map<String, @Nullable Object> changes) {
		Map<Field, String> texts = new EnumMap<>(Field.class);
		List<FieldError> errors = new ArrayList<>();
		changes.forEach((name, value) -> {
			Optional<Field> field = OWN.stream().filter(it -> it.id().equals(name)).findFirst();
			if (field.isEmpty()) {
				errors.add(new FieldError(name, "not-changeable", "You cannot change this field of your profile"));
			} else if (value != null && !(value instanceof String)) {
				errors.add(new FieldError(name, "not-a-text", "This field must be text"));
			} else {
				texts.put(field.get(), value == null ? "" : (String) value);
			}
		});
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		return Draft.form(texts, Map.of());
	}

	private static boolean isOfAProfile(String name) {
		return Stream.of(Field.values()).anyMatch(it -> it.id().equals(name));
	}

	private static boolean isOwn(String name) {
		return OWN.stream().anyMatch(it -> it.id().equals(name));
	}

	private ResponseEntity<MeResponse> answer(Caller caller, Account account, Set<Site> credentialsSent) {
		MeResponse shown = shown(caller, account, credentialsSent);
		return ResponseEntity.ok().eTag(EntityTags.of(account, shown)).body(shown);
	}

	private MeResponse shown(Caller caller, Account account, Set<Site> credentialsSent) {
		Optional<Site> site = Stream.of(Site.values()).filter(it -> it.name().equals(caller.site())).findFirst();
		return MeResponse.of(account,
				site.orElse(Site.PORTAL).permissions(account.profile().role()).stream().map(Permission::id).toList(),
				caller.site(), site.flatMap(it -> rules.expiry(account.credentials().get(it))).orElse(null),
				credentialsSent);
	}
}
