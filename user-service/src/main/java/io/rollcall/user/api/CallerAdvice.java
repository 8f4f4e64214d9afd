package io.rollcall.user.api;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.rollcall.platform.web.Problems;

/** A token whose account is deactivated is answered like one that is no token. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class CallerAdvice {
	@ExceptionHandler
	ResponseEntity<ProblemDetail> gone(Actors.Gone gone) {
		return ResponseEntity.status(HttpStatus.UNAUTHORIZED).header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
				.body(Problems.of(HttpStatus.UNAUTHORIZED, "unauthenticated",
						"Sign in, or send a valid access token."));
	}
}
