package io.rollcall.organization.web;

import java.util.List;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import io.rollcall.organization.web.Refusal.NoCodes;
import io.rollcall.organization.web.Refusal.NoSuchOrganization;
import io.rollcall.organization.web.Refusal.Refused;
import io.rollcall.organization.web.Refusal.TooManyCodes;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;

/** Refusals as problem details. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class RefusalAdvice {
	@ExceptionHandler
	ResponseEntity<ProblemDetail> refused(Refused refused) {
		return answer(switch (refused.refusal()) {
			case NoSuchOrganization _ ->
				Problems.of(HttpStatus.NOT_FOUND, "organization-not-found", "There is no organization with this code.");
			case NoCodes _ -> Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "codes-required",
					"Send the codes to look up as a list of texts.",
					List.of(new FieldError("codes", "required", "Send the codes to look up as a list of texts")));
			case TooManyCodes(int asked, int limit) ->
				Problems.of(HttpStatus.UNPROCESSABLE_CONTENT, "too-many-codes",
						"%,d codes were sent; at most %,d are looked up at once.".formatted(asked, limit),
						List.of(new FieldError("codes", "too-many-codes", "At most %,d codes".formatted(limit))));
		});
	}

	private static ResponseEntity<ProblemDetail> answer(ProblemDetail problem) {
		return ResponseEntity.status(problem.getStatus()).body(problem);
	}
}
