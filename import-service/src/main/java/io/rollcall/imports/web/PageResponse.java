package io.rollcall.imports.web;

import java.util.List;
import java.util.function.Function;

import io.rollcall.imports.Page;

/** A page as all lists are answered. */
record PageResponse<T>(List<T> items, int page, int size, long totalItems, long totalPages) {
	static <S, T> PageResponse<T> of(Page<S> page, Function<S, T> each) {
		return new PageResponse<>(page.items().stream().map(each).toList(), page.page(), page.size(),
				page.totalItems(), page.totalPages());
	}
}
