package io.rollcall.user.account.web;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountService;
import io.rollcall.user.account.AccountService.Saved;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.account.profile.Profile;
import io.rollcall.user.credential.PasswordRules;
import io.rollcall.user.credential.Site;
import io.rollcall.user.directory.Organization;
import io.rollcall.user.permission.Permission;

/** {@code /api/me}: who one is, what one may, and one's own profile (guide, section IV.B). */
@RestController
@RequestMapping("/api/me")
class MeController {
	/** What one changes oneself; role, organizations and programs are for others to say. */
	private static final Set<Field> OWN = Set.of(Field.FIRST_NAME, Field.LAST_NAME, Field.EMAIL, Field.PHONE,
			Field.FAX, Field.ADDRESS);

	private final Actors actors;
	private final AccountService accounts;
	private final PasswordRules passwords;
	private final Once once;

	MeController(Actors actors, AccountService accounts, PasswordRules passwords, Once once) {
		this.actors = actors;
		this.accounts = accounts;
		this.passwords = passwords;
		this.once = once;
	}

	/** {@code passwordExpiresAt}: of the site that one is signed in to; absent when it does not expire. */
	record MeResponse(UUID id, String username, String firstName, String lastName, String email, @Nullable String phone,
			@Nullable String fax, @Nullable String address, String role, String roleTitle, List<String> organizations,
			List<String> permissions, @Nullable String site, @Nullable Instant passwordExpiresAt) {}

	@GetMapping
	@PreAuthorize("isAuthenticated() and !hasRole('SERVICE')")
	ResponseEntity<MeResponse> me(@AuthenticationPrincipal Caller caller) {
		return answer(caller, actors.account(caller));
	}

	/** Changes the fields that are named; null or blank clears phone, fax or address. By the same rules as everywhere. */
	@PatchMapping
	@PreAuthorize("isAuthenticated() and !hasRole('SERVICE')")
	ResponseEntity<MeResponse> change(@AuthenticationPrincipal Caller caller, Call call,
			@RequestBody Map<String, @Nullable Object> changes,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		Draft draft = draft(changes);
		long version = EntityTags.version(ifMatch);
		return once.run(call, "change me", changes,
				() -> switch (accounts.change(call.actor(), caller.account(), draft, version, call.origin())) {
					case Saved.Done(Account account) -> answer(caller, account);
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
				errors.add(new FieldError(name, "not-a-text", "This field is a text"));
			} else {
				texts.put(field.get(), value == null ? "" : (String) value);
			}
		});
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		return new Draft(Draft.Source.FORM, texts);
	}

	private ResponseEntity<MeResponse> answer(Caller caller, Account account) {
		Profile profile = account.profile();
		Optional<Site> site = Stream.of(Site.values()).filter(it -> it.name().equals(caller.site())).findFirst();
		var shown = new MeResponse(account.id(),
				profile.username().value(), profile.firstName().value(), profile.lastName().value(),
				profile.email().value(), orNull(profile.text(Field.PHONE)), orNull(profile.text(Field.FAX)),
				orNull(profile.text(Field.ADDRESS)), profile.role().name(), profile.role().title(),
				profile.organizations().stream().map(Organization::code).toList(),
				site.orElse(Site.PORTAL).permissions(profile.role()).stream().map(Permission::id).toList(),
				caller.site(), site.flatMap(it -> passwords.expiry(account.credentials().get(it))).orElse(null));
		return ResponseEntity.ok().eTag(EntityTags.of(account, shown)).body(shown);
	}

	private static @Nullable String orNull(String text) {
		return text.isEmpty() ? null : text;
	}
}
