package io.rollcall.imports.comparison;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.rollcall.imports.table.TableChoice;

/**
 * A list of all the staff of some organizations, as it was uploaded, and what its owner has said of it. What it says of the accounts is
 * not kept: it is asked whenever somebody looks.
 *
 * @param owner the account that uploaded it
 * @param table how a table is to be read; null for a file of comma-separated values with the template's columns
 * @param decisions by record number and account, whether the record is for that account, which has another username
 * @param keptUntil when it is deleted, with its file
 */
public record Comparison(UUID id, UUID owner, String fileName, List<String> organizations, @Nullable TableChoice table,
		int total, Map<Integer, Map<UUID, Boolean>> decisions, Instant createdAt, Instant keptUntil) {
	/** Of one record. An empty one is taken back. */
	public record Decision(int record, UUID account, Optional<Boolean> same) {}

	/** The account that the record is for; null where nobody has said so. */
	@Nullable
	UUID is(int record) {
		return accounts(record, true).stream().sorted().findFirst().orElse(null);
	}

	/** The accounts that the record is not for. */
	Set<UUID> isNot(int record) {
		return accounts(record, false);
	}

	private Set<UUID> accounts(int record, boolean same) {
		return decisions.getOrDefault(record, Map.of()).entrySet().stream().filter(it -> it.getValue() == same)
				.map(Map.Entry::getKey).collect(Collectors.toSet());
	}
}
