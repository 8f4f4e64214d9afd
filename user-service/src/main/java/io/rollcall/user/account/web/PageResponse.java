package io.rollcall.user.account.web;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.platform.web.Problems.FieldError;

/** A page as all lists are answered; {@code page} counts from 0. */
record PageResponse<T>(List<T> items, int page, int size, long totalItems, long totalPages) {
	/** How many items a page has at most. */
	static final int MAX_SIZE = 200;

	static <T> PageResponse<T> of(List<T> items, int page, int size, int total) {
		return new PageResponse<>(items, page, size, total, (total + size - 1L) / size);
	}

	/** What is wrong with a page asked for. */
	static List<FieldError> errors(int page, int size) {
		List<FieldError> errors = new ArrayList<>();
		if (page < 0 || page > 1_000_000) errors.add(new FieldError("page", "invalid", "The page counts from 0."));
		if (size < 1 || size > MAX_SIZE) {
			errors.add(new FieldError("size", "invalid", "The size of a page is 1 to " + MAX_SIZE + "."));
		}
		return errors;
	}
}
