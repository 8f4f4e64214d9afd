package io.rollcall.imports;

import java.util.UUID;

/** What became of one row of one import. */
public record RowOutcome(UUID importId, int recordNumber, Outcome outcome) {}
