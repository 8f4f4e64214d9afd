package io.rollcall.imports.comparison;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.table.TableChoice;

/**
 * A list of all the staff of some organizations, as it was uploaded, and what its owner has said of it. What it says of the accounts is
 * not kept: it is asked whenever somebody looks.
 *
 * @param owner the account that uploaded it
 * @param table how a table is to be read; null for a file of comma-separated values with the template's columns
 * @param decisions by record number
 * @param keptUntil when it is deleted, with its file
 */
public record Comparison(UUID id, UUID owner, String fileName, List<String> organizations, @Nullable TableChoice table,
		int total, Map<Integer, Decision> decisions, Instant createdAt, Instant keptUntil) {
	/** Whether a record is for an account that has another username. */
	public record Decision(UUID account, boolean same) {}
}
