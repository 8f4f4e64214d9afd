package io.rollcall.platform.persistence;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.mongodb.ErrorCategory;
import com.mongodb.bulk.BulkWriteError;
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
		Set<Integer> there = new HashSet<>();
		if (records.isEmpty()) return there;
		try {
			mongo.insert(type).withBulkMode(BulkMode.UNORDERED).bulk(records);
		} catch (BulkOperationException e) {
			for (BulkWriteError error : e.getErrors()) {
				if (error.getCategory() != ErrorCategory.DUPLICATE_KEY) throw e;
				there.add(error.getIndex());
			}
		}
		return there;
	}
}
