package io.rollcall.imports.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
	 * The decisions by record number; an empty one is taken back.
	 *
	 * @param total how many records the list has
	 * @throws org.springframework.web.ErrorResponseException 422 with an error for each fault: {@code required},
	 *     {@code unknown-record}, {@code given-twice}
	 */
	Map<Integer, Optional<Decision>> byRecord(int total) {
		List<FieldError> errors = new ArrayList<>();
		Map<Integer, Optional<Decision>> byRecord = new HashMap<>();
		if (decisions == null || decisions.isEmpty()) {
			errors.add(new FieldError("decisions", "required", "Say which records are decided."));
		} else {
			for (int i = 0; i < decisions.size(); i++)
				read(decisions.get(i), "decisions[" + i + "]", total, byRecord, errors);
		}
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		return byRecord;
	}

	private static void read(@Nullable DecisionRequest decision, String field, int total,
			Map<Integer, Optional<Decision>> byRecord, List<FieldError> errors) {
		Integer record = decision == null ? null : decision.recordNumber();
		UUID account = decision == null ? null : decision.userId();
		if (decision == null || record == null || account == null) {
			errors.add(new FieldError(field, "required", "A decision has a recordNumber and a userId."));
		} else if (record < 1 || record > total) {
			errors.add(new FieldError(field + ".recordNumber", "unknown-record",
					"The list has the records 1 to " + total + "."));
		} else if (byRecord.containsKey(record)) {
			errors.add(new FieldError(field + ".recordNumber", "given-twice",
					"Record " + record + " must be given once."));
		} else {
			Boolean same = decision.same();
			byRecord.put(record, Optional.ofNullable(same == null ? null : new Decision(account, same)));
		}
	}
}
