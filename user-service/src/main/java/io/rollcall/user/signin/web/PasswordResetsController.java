package io.rollcall.user.signin.web;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.rollcall.platform.web.Problems;
import io.rollcall.user.credential.Password;
import io.rollcall.user.credential.PasswordRules.PasswordRule;
import io.rollcall.user.credential.ResetToken;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.ForgottenPasswords;
import io.rollcall.user.signin.PasswordService;

/** {@code /api/password-resets}: forgot the password, for front ends with pages of their own. Needs no sign-in. */
@RestController
@RequestMapping("/api/password-resets")
class PasswordResetsController {
	private final ForgottenPasswords forgotten;
	private final PasswordService passwords;
	private final SignInCookies cookies;

	PasswordResetsController(ForgottenPasswords forgotten, PasswordService passwords, SignInCookies cookies) {
		this.forgotten = forgotten;
		this.passwords = passwords;
		this.cookies = cookies;
	}

	/** {@code site}: {@code portal}, which is also what it is when absent, or {@code training}. */
	record ResetRequest(@Nullable String username, @Nullable String site) {}

	record ConfirmationRequest(@Nullable String token, @Nullable String newPassword) {}

	/** The same answer for every username. */
	@PostMapping
	@PreAuthorize("permitAll()")
	ResponseEntity<Void> request(@RequestBody ResetRequest request) {
		String username = required("username", request.username());
		Site site = request.site() == null
				? Site.PORTAL
				: Site.ofClient(request.site()).orElseThrow(
						() -> Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, List.of(new Problems.FieldError("site",
								"invalid", "The site must be portal or training, or be left out."))));
		forgotten.request(site, username);
		return ResponseEntity.accepted().build();
	}

	@PostMapping("/confirm")
	@PreAuthorize("permitAll()")
	ResponseEntity<Void> confirm(@RequestBody ConfirmationRequest confirmation, HttpServletRequest request,
			HttpServletResponse response) {
		var token = new ResetToken(required("token", confirmation.token()));
		var password = new Password(required("newPassword", confirmation.newPassword()));
		return switch (passwords.reset(token, password, cookies.source(request, response))) {
			case PasswordService.Outcome.Done _ -> ResponseEntity.noContent().build();
			case PasswordService.Outcome.Invalid(List<PasswordRule> broken) -> throw Problems.refusal(
					HttpStatus.UNPROCESSABLE_CONTENT, "invalid", "The password does not meet the requirements.",
					broken.stream().map(it -> new Problems.FieldError("newPassword", it.code(), it.message()))
							.toList());
			case PasswordService.Outcome.Over _ ->
				throw Problems.refusal(HttpStatus.GONE, "link-over",
						"This link has been used already or has expired. Ask for a new one.");
		};
	}

	private static String required(String field, @Nullable String value) {
		if (value != null) return value;
		throw Problems.invalid(HttpStatus.BAD_REQUEST, List.of(new Problems.FieldError(field, "required",
				"The field '" + field + "' is required.")));
	}
}
