package io.rollcall.platform.web;

import java.util.ArrayList;
import java.util.List;

import io.rollcall.platform.web.Problems.FieldError;

/** A page as all lists are answered; {@code page} counts from 0. */
public record PageResponse<T>(List<T> items, int page, int size, long totalItems, long totalPages) {
	/** Nobody leafs so far; further on, positions would not be numbers of 32 bits any more. */
	private static final int LAST_PAGE = 1_000_000;

	public static <T> PageResponse<T> of(List<T> items, int page, int size, long totalItems) {
		return new PageResponse<>(items, page, size, totalItems, Math.ceilDiv(totalItems, size));
	}

	/** The part of {@code all} that stands on the page; none when it is behind the last. */
	public static <T> List<T> part(List<T> all, int page, int size) {
		int from = (int) Math.min((long) page * size, all.size());
		return all.subList(from, Math.min(from + size, all.size()));
	}

	/**
	 * What is wrong with a page asked for.
	 *
	 * @param largest how many items a page has at most
	 * @return a list to which the faults of other parameters can be added
	 */
	public static List<FieldError> errors(int page, int size, int largest) {
		List<FieldError> errors = new ArrayList<>();
		if (page < 0 || page > LAST_PAGE) {
			errors.add(new FieldError("page", "invalid", "The page must be between 0 and " + LAST_PAGE + "."));
		}
		if (size < 1 || size > largest) {
			errors.add(new FieldError("size", "invalid", "The size must be between 1 and " + largest + "."));
		}
		return errors;
	}
}
