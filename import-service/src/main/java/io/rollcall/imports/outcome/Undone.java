package io.rollcall.imports.outcome;

import java.time.Instant;

/**
 * What a row of an earlier import did, which a row of an undo takes back.
 *
 * @param recordNumber of that row
 * @param askedAt when it was asked for: what was asked for later stays
 * @param outcome created or updated
 * @param evenIfUsed whether an account that it made is deactivated also if somebody has signed in to it
 */
public record Undone(int recordNumber, Instant askedAt, Outcome outcome, boolean evenIfUsed) {}
