package io.rollcall.user.signin.web;

import java.util.List;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.signin.CurrentPassword;

/** Answers every call that asks for the {@code currentPassword} and is not given it, in the same words. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class CurrentPasswordAdvice {
	@ExceptionHandler
	ResponseEntity<ProblemDetail> refused(CurrentPassword.Refusal refusal) {
		ProblemDetail problem = switch (refusal.refused()) {
			case CurrentPassword.Wrong _ -> Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "invalid",
					"Some fields need to be corrected.", List.of(new FieldError("currentPassword",
							"current-password-wrong", "The current password is not correct")));
			case CurrentPassword.TooManyAttempts _ -> Problems.of(HttpStatus.TOO_MANY_REQUESTS, "too-many-attempts",
					"There were too many attempts. Wait an hour, or use Forgot Password?.");
			case CurrentPassword.SessionOver _ ->
				Problems.of(HttpStatus.UNAUTHORIZED, "unauthenticated", "Sign in again.");
		};
		return ResponseEntity.status(problem.getStatus()).body(problem);
	}
}
