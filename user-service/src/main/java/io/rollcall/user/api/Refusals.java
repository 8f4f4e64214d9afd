package io.rollcall.user.api;

import java.util.List;

import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;

import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.account.AccountService.Saved;
import io.rollcall.user.account.profile.Fault;

/** Refusals as problem details (RFC 9457), to be thrown by a handler. */
final class Refusals {
	static final String DONE_BEFORE = "done-before";
	/** Also true of one that broke off, and of one of which the account has forgotten what became. */
	static final String DONE_BEFORE_TEXT = "This request was carried out before, and the account has changed since. Look at the account, and send a new request if you still want the change.";

	private Refusals() {}

	/** Also for an account that the caller may not know of. */
	static ErrorResponseException notFound() {
		return Problems.refusal(HttpStatus.NOT_FOUND, "not-found", "There is no such account.");
	}

	static ErrorResponseException ifMatchRequired() {
		return Problems.refusal(HttpStatus.PRECONDITION_REQUIRED, "if-match-required",
				"Send the ETag that you got when you read the account as If-Match. * and other tags are not accepted.");
	}

	static ErrorResponseException keyReused() {
		return Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused",
				"This Idempotency-Key was used for another request.");
	}

	static ErrorResponseException of(Saved.Refused refused) {
		return switch (refused) {
			case Saved.Invalid(List<Fault> faults) -> Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, "invalid",
					"Some fields need to be corrected.", faults.stream()
							.map(it -> new FieldError(it.field().id(), it.code(), it.message())).toList());
			case Saved.Stale _ -> Problems.refusal(HttpStatus.PRECONDITION_FAILED, "stale",
					"This account has been changed since you read it. Look at it again before you save.");
			case Saved.DoneBefore _ -> Problems.refusal(HttpStatus.CONFLICT, DONE_BEFORE, DONE_BEFORE_TEXT);
			case Saved.NotFound _ -> notFound();
		};
	}
}
