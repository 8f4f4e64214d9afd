package io.rollcall.imports.web;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import io.rollcall.imports.comparison.Comparison.Decision;
import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;

/** What somebody says of probable pairs: {@code {"decisions": [{"recordNumber": 3, "userId": "…", "same": true}]}}. */
record DecisionsRequest(@Nullable List<@Nullable DecisionRequest> decisions) {
	/** @param same null takes the decision back */
	record DecisionRequest(@Nullable Integer recordNumber, @Nullable UUID userId, @Nullable Boolean same) {}

	/**
	 * The decisions, in their order.
	 *
	 * @param total how many records the list has
	 * @throws org.springframework.web.ErrorResponseException 422 with an error for each fault: {@code required},
	 *     {@code unknown-record}, {@code given-twice}
	 */
	List<Decision> read(int total) {
		List<FieldError> errors = new ArrayList<>();
		List<Decision> read = new ArrayList<>();
		if (decisions == null || decisions.isEmpty()) {
			errors.add(new FieldError("decisions", "required", "Say which records are decided."));
		} else {
			Set<List<Object>> pairs = new HashSet<>();
			for (int i = 0; i < decisions.size(); i++)
				read(decisions.get(i), "decisions[" + i + "]", total, pairs, errors).ifPresent(read::add);
		}
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		return read;
	}

	private static Optional<Decision> read(@Nullable DecisionRequest decision, String field, int total,
			Set<List<Object>> pairs, List<FieldError> errors) {
		Integer record = decision == null ? null : decision.recordNumber();
		UUID account = decision == null ? null : decision.userId();
		if (decision == null || record == null || account == null) {
			errors.add(new FieldError(field, "required", "Each decision needs a recordNumber and a userId."));
			return Optional.empty();
		}
		if (record < 1 || record > total) {
			errors.add(new FieldError(field + ".recordNumber", "unknown-record",
					"The list has the records 1 to " + total + "."));
		} else if (!pairs.add(List.of(record, account))) {
			errors.add(new FieldError(field, "given-twice",
					"Record " + record + " and this account must be given once."));
		} else if (Boolean.TRUE.equals(decision.same()) && !pairs.add(List.of(record))) {
			errors.add(new FieldError(field, "given-twice", "Record " + record + " is for one account."));
		}
		return Optional.of(new Decision(record, account, Optional.ofNullable(decision.same())));
	}
}
