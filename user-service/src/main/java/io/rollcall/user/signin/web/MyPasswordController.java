package io.rollcall.user.signin.web;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.Waiting;
import io.rollcall.user.credential.Password;
import io.rollcall.user.credential.PasswordRules.PasswordRule;
import io.rollcall.user.signin.PasswordService;

/** {@code PUT /api/me/password}: one's own password of the site that one is signed in to (guide, section IV.B). */
@RestController
class MyPasswordController {
	private final PasswordService passwords;

	MyPasswordController(PasswordService passwords) {
		this.passwords = passwords;
	}

	record PasswordRequest(@Nullable String currentPassword, @Nullable String newPassword) {}

	/**
	 * The session that makes the change goes on; all others of the account at this site end. Its gateway gives it another cookie when it
	 * sees this answered.
	 */
	@PutMapping("/api/me/password")
	@PreAuthorize("isAuthenticated() and !hasRole('SERVICE')")
	ResponseEntity<Void> change(@AuthenticationPrincipal Caller caller, @RequestBody PasswordRequest request) {
		if (caller.sid() == null) {
			throw Problems.refusal(HttpStatus.FORBIDDEN, "sign-in-required",
					"You must be signed in to change a password.");
		}
		// A token of before tokens said so, which are good for a minute: the gateway asks for another and comes again.
		if (caller.authorizationId() == null) throw signInAgain();
		return switch (passwords.change(UUID.fromString(caller.sid()), caller.authorizationId(),
				password(request.currentPassword()), password(request.newPassword()))) {
			case PasswordService.Outcome.Done _ -> ResponseEntity.noContent().build();
			case PasswordService.Outcome.Invalid(List<PasswordRule> broken) ->
				throw Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, "invalid", "Some fields need to be corrected.",
						broken.stream().map(it -> new FieldError("newPassword", it.code(), it.message())).toList());
			case PasswordService.MailedTooOften(int most, Duration wait) ->
				throw Waiting.refusal("mailed-too-often",
						"You changed your password %d times within 24 hours. You can change it again in %s."
								.formatted(most, Waiting.inWords(wait)),
						wait);
			case PasswordService.Outcome.Over _ -> throw signInAgain();
		};
	}

	private static ErrorResponseException signInAgain() {
		return Problems.refusal(HttpStatus.UNAUTHORIZED, "unauthenticated", "Sign in again.");
	}

	private static Password password(@Nullable String text) {
		return new Password(text == null ? "" : text);
	}
}
