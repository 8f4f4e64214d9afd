package io.rollcall.imports.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

import io.rollcall.platform.web.Problems;
import io.rollcall.platform.web.Problems.FieldError;

/**
 * How an import is to be undone: {@code {"dryRun": true, "used": [3, 17]}}.
 *
 * @param dryRun whether to say only what would happen; absent, it happens
 * @param used records of the import whose new accounts are deactivated also if somebody has signed in to them
 */
record UndoRequest(@Nullable Boolean dryRun, @Nullable List<@Nullable Integer> used) {
	static final UndoRequest NOTHING_SAID = new UndoRequest(null, null);

	boolean isDryRun() {
		return Boolean.TRUE.equals(dryRun);
	}

	/**
	 * @param total how many records the import has
	 * @throws org.springframework.web.ErrorResponseException 422 with {@code unknown-record} for each that it has not
	 */
	Set<Integer> usedOf(int total) {
		List<FieldError> errors = new ArrayList<>();
		Set<Integer> records = new TreeSet<>();
		List<@Nullable Integer> named = used == null ? List.of() : used;
		for (int i = 0; i < named.size(); i++) {
			Integer record = named.get(i);
			if (record == null || record < 1 || record > total) {
				errors.add(new FieldError("used[" + i + "]", "unknown-record",
						"The import has the records 1 to " + total + "."));
			} else {
				records.add(record);
			}
		}
		if (!errors.isEmpty()) throw Problems.invalid(HttpStatus.UNPROCESSABLE_CONTENT, errors);
		return records;
	}
}
