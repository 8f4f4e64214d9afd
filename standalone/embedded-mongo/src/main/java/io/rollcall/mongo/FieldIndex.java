package io.rollcall.mongo;

import java.util.Collection;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/** An index that can narrow a filter down. */
interface FieldIndex {
	/** Positions of all documents that can match, and perhaps of others; null when the index is of no help. */
	@Nullable
	Collection<Long> candidates(PinnedFields filter);

	/** The same, but already in that order; null when the index does not give it. */
	default @Nullable Stream<Long> ordered(PinnedFields filter, Document orderBy) {
		return null;
	}
}
