package io.rollcall.platform.persistence;

import java.util.Collection;
import java.util.function.LongSupplier;

/** How many there are in all, said with one page of them. */
public final class Total {
	private Total() {}

	/**
	 * The last page says it itself: a count beside it could tell of one that came after the page was read, and is not on it.
	 *
	 * @param items those on the page
	 * @param page from 0 on
	 * @param size of a full page
	 * @param counted asked when the page is full, or behind the last one
	 */
	public static long with(Collection<?> items, int page, int size, LongSupplier counted) {
		boolean last = items.size() < size && (page == 0 || !items.isEmpty());
		return last ? (long) page * size + items.size() : counted.getAsLong();
	}
}
