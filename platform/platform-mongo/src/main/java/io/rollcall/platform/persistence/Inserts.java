package io.rollcall.platform.persistence;

import java.util.List;
import java.util.Set;

import org.springframework.data.mongodb.BulkOperationException;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoOperations;

/** Inserts of many records, of which some may be there already: from another instance, or from this one before it died. */
public final class Inserts {
	private Inserts() {}

	/**
	 * Inserts those whose id is not there; what is there stays as it is.
	 *
	 * @return the positions of those that were there
	 */
	public static <T> Set<Integer> ofNew(MongoOperations mongo, Class<T> type, List<T> records) {
		if (records.isEmpty()) return Set.of();
		try {
			mongo.insert(type).withBulkMode(BulkMode.UNORDERED).bulk(records);
			return Set.of();
		} catch (BulkOperationException e) {
			return DuplicateKeys.in(e.getErrors(), e);
		}
	}
}
