package io.rollcall.standalone.mongo;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/** An index that can narrow a filter down. */
interface FieldIndex {

	/** Positions of all documents that can match, and perhaps of others; null when the index is of no help. */
	@Nullable
	Collection<Long> candidates(PinnedFields filter);
}
