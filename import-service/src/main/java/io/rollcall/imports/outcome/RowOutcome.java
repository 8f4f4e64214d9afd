package io.rollcall.imports.outcome;

import java.util.UUID;

/** What became of one row of one import. */
public record RowOutcome(UUID importId, int recordNumber, Outcome outcome) {}
