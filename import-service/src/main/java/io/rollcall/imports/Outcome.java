package io.rollcall.imports;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** How a row ended: exactly one of four. */
public sealed interface Outcome {
	/** @param accountId absent in a dry run */
	record Created(@Nullable UUID accountId) implements Outcome {}

	record Updated(UUID accountId, List<Change> changes) implements Outcome {}

	record Unchanged(UUID accountId) implements Outcome {}

	record Rejected(List<Note> notes) implements Outcome {}

	/** One field of the account before and after. */
	record Change(String field, String before, String after) {}
}
