package io.rollcall.user.signin.web;

import java.time.Duration;
import java.util.List;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.platform.web.Waiting;
import io.rollcall.user.signin.CurrentPassword;

/** Answers every call that asks for the {@code currentPassword} and is not given it, in the same words. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class CurrentPasswordAdvice {
	@ExceptionHandler
	ResponseEntity<ProblemDetail> refused(CurrentPassword.Refusal refusal) {
		ErrorResponseException answer = switch (refusal.refused()) {
			case CurrentPassword.Missing _ -> atTheField("required", "Enter your current password");
			case CurrentPassword.Wrong _ ->
				atTheField("current-password-wrong", "The current password is not correct");
			case CurrentPassword.TooManyAttempts(Duration wait) -> Waiting.refusal("too-many-attempts",
					"There were too many attempts. Wait %s, or select Forgot Password?"
							.formatted(Waiting.inWords(wait)),
					wait);
			case CurrentPassword.SessionOver _ ->
				Problems.refusal(HttpStatus.UNAUTHORIZED, "unauthenticated", "Sign in again.");
		};
		return ResponseEntity.status(answer.getStatusCode()).headers(answer.getHeaders()).body(answer.getBody());
	}

	private static ErrorResponseException atTheField(String code, String message) {
		return Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, "invalid", "Some fields need to be corrected.",
				List.of(new FieldError("currentPassword", code, message)));
	}
}
