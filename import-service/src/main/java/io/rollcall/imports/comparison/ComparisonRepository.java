package io.rollcall.imports.comparison;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import io.rollcall.imports.comparison.Comparison.Decision;

/** Where comparisons are kept. */
public interface ComparisonRepository {
	void add(Comparison added);

	Optional<Comparison> find(UUID id);

	/** @param decisions by record number; an empty one is taken back */
	void decide(UUID id, Map<Integer, Optional<Decision>> decisions);
}
