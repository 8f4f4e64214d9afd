package io.rollcall.mongo;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * The fields to which a filter allows certain values only, by equality or {@code $in}, or only dates up to one, directly or one
 * {@code $and} deep. Every document that matches the filter has one of these values there, so an index on the field finds it;
 * what else the filter asks for is left to the matcher.
 */
record PinnedFields(Map<String, Collection<?>> values, Map<String, Instant> dates) {
	static PinnedFields of(Document filter) {
		var pinned = new PinnedFields(new HashMap<>(), new HashMap<>());
		pinned.pin(filter);
		if (filter.get("$and") instanceof Collection<?> parts) {
			for (Object part : parts)
				if (part instanceof Document conditions) pinned.pin(conditions);
		}
		return pinned;
	}

	/** The values allowed for a field, or null when it is free. */
	@Nullable
	Collection<?> get(String field) {
		return values.get(field);
	}

	/** The latest date allowed for a field; null when others than dates are, too. */
	@Nullable
	Instant latest(String field) {
		return dates.get(field);
	}

	private void pin(Document conditions) {
		conditions.forEach((field, condition) -> {
			Collection<?> allowed = allowed(condition);
			if (allowed != null) values.putIfAbsent(field, allowed);
			if (condition instanceof Document operators) {
				for (String upTo : List.of("$lt", "$lte"))
					if (operators.get(upTo) instanceof Instant date) dates.putIfAbsent(field, date);
			}
		});
	}

	private static @Nullable Collection<?> allowed(@Nullable Object condition) {
		if (isIndexed(condition)) return List.of(condition);
		if (condition instanceof Document operators) {
			if (isIndexed(operators.get("$eq"))) return List.of(operators.get("$eq"));
			if (operators.get("$in") instanceof Collection<?> in && in.stream().allMatch(PinnedFields::isIndexed)) {
				return in;
			}
		}
		return null;
	}

	/** Null also means "absent", an array also means "the whole array", an expression means anything. */
	private static boolean isIndexed(@Nullable Object value) {
		return value != null && !(value instanceof Collection) && !(value instanceof BsonRegularExpression)
				&& !(value instanceof Document document
						&& document.keySet().stream().anyMatch(key -> key.startsWith("$")));
	}
}
