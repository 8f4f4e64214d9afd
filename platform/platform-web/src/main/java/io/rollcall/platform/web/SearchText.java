package io.rollcall.platform.web;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.web.Problems.FieldError;

/** What people type to search a list by; the same limit for all lists. */
public final class SearchText {
	private static final int LONGEST = 100;

	private SearchText() {}

	/** What is wrong with the parameter {@code search}, if it is given. */
	public static List<FieldError> errors(@Nullable String search) {
		return search == null || search.codePointCount(0, search.length()) <= LONGEST
				? List.of()
				: List.of(new FieldError("search", "invalid",
						"The search must be at most " + LONGEST + " characters long."));
	}
}
