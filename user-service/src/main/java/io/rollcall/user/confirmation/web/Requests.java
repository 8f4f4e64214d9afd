package io.rollcall.user.confirmation.web;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.platform.Sha256;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;
import io.rollcall.user.account.Origin;
import io.rollcall.user.confirmation.Confirmation;
import io.rollcall.user.confirmation.ConfirmationService.Saved;
import io.rollcall.user.confirmation.Phase;
import io.rollcall.user.request.Attempt;
import io.rollcall.user.request.KeyedRequests;

/** What is sent, read, and what is refused, said. */
@Component("confirmationRequests")
class Requests {
	private static final int LONGEST_CODE = 100;

	private final KeyedRequests requests;
	private final JsonMapper json;

	Requests(KeyedRequests requests, JsonMapper json) {
		this.requests = requests;
		this.json = json;
	}

	/**
	 * Runs what is itself safe to repeat with the same cause.
	 *
	 * @param key the header, if there is one
	 * @param what the endpoint
	 */
	<T> T once(@Nullable String key, Origin.Request origin, String what, Object body, Function<Attempt, T> work) {
		if (key == null) return work.apply(new Attempt.First());
		try {
			return requests.run(origin.causeId(),
					Sha256.hex(json.writeValueAsString(what) + json.writeValueAsString(body)),
					ErrorResponseException.class::isInstance, work);
		} catch (KeyedRequests.KeyReused _) {
			throw Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key-reused",
					"This Idempotency-Key was used for another request.");
		}
	}

	static @Nullable LocalDate day(@Nullable String text, List<FieldError> errors) {
		if (text == null) return null;
		try {
			return LocalDate.parse(text.strip());
		} catch (DateTimeParseException _) {
			errors.add(new FieldError("deadline", "invalid", "A day is written as 2026-12-18."));
			return null;
		}
	}

	static List<LocalDate> days(@Nullable List<@Nullable String> texts, List<FieldError> errors) {
		List<LocalDate> days = new ArrayList<>();
		for (String text : texts == null ? List.<@Nullable String>of() : texts) {
			try {
				days.add(LocalDate.parse(text == null ? "" : text.strip()));
			} catch (DateTimeParseException _) {
				errors.add(new FieldError("reminders", "invalid", "A day is written as 2026-12-18."));
			}
		}
		return days;
	}

	static List<String> codes(String field, @Nullable List<@Nullable String> codes, List<FieldError> errors) {
		List<@Nullable String> given = codes == null ? List.of() : codes;
		List<String> texts = given.stream().filter(Objects::nonNull).map(String::strip).toList();
		if (texts.size() < given.size() || texts.stream().anyMatch(it -> it.isEmpty() || it.length() > LONGEST_CODE)) {
			errors.add(new FieldError(field, "invalid", "A code must be 1-" + LONGEST_CODE + " characters long."));
		}
		return texts;
	}

	/** @param organization a parameter, if it is given */
	static @Nullable String code(@Nullable String organization, List<FieldError> errors) {
		String code = organization == null ? "" : organization.strip();
		if (code.length() > LONGEST_CODE) {
			errors.add(new FieldError("organization", "invalid",
					"The organization must be at most " + LONGEST_CODE + " characters long."));
		}
		return code.isEmpty() ? null : code;
	}

	static ErrorResponseException notFound() {
		return Problems.refusal(HttpStatus.NOT_FOUND, "not-found", "There is no such confirmation.");
	}

	static ErrorResponseException noMore(Phase phase) {
		return phase == Phase.CLOSED
				? Problems.refusal(HttpStatus.CONFLICT, "confirmation-closed", "This confirmation is closed.")
				: Problems.refusal(HttpStatus.CONFLICT, "confirmation-over",
						"The deadline of this confirmation has passed. Ask the service center.");
	}

	static Confirmation done(Saved saved) {
		return switch (saved) {
			case Saved.Done(Confirmation confirmation) -> confirmation;
			case Saved.Invalid(var faults) -> throw Problems.refusal(HttpStatus.UNPROCESSABLE_CONTENT, "invalid",
					"Some fields need to be corrected.",
					faults.stream().map(it -> new FieldError(it.field(), it.code(), it.message())).toList());
			case Saved.Stale _ -> throw Problems.refusal(HttpStatus.PRECONDITION_FAILED, "stale",
					"This confirmation has been changed since you read it. Look at it again before you save.");
			case Saved.NoMore(Phase phase) -> throw noMore(phase);
		};
	}
}
