package io.rollcall.imports.comparison;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

import io.rollcall.imports.comparison.Comparison.Decision;

/** Where comparisons are kept. */
public interface ComparisonRepository {
	void add(Comparison added);

	Optional<Comparison> find(UUID id);

	/** Each for itself: other decisions stay. */
	void decide(UUID id, Collection<Decision> decisions);
}
