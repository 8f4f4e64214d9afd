package io.rollcall.platform.persistence;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.WriteError;
import com.mongodb.bulk.BulkWriteError;

/** Writes on the driver that met a record which was there already: another instance's, or this one's from before it died. */
public final class DuplicateKeys {
	private DuplicateKeys() {}

	/**
	 * The positions of the writes that met one.
	 *
	 * @throws MongoBulkWriteException the failure itself, when anything else has failed
	 */
	public static Set<Integer> in(MongoBulkWriteException failure) {
		if (failure.getWriteConcernError() != null) throw failure;
		return in(failure.getWriteErrors(), failure);
	}

	static Set<Integer> in(List<BulkWriteError> errors, RuntimeException failure) {
		if (!errors.stream().allMatch(DuplicateKeys::isOne)) throw failure;
		return errors.stream().map(BulkWriteError::getIndex).collect(Collectors.toSet());
	}

	static boolean isOne(WriteError error) {
		return error.getCategory() == ErrorCategory.DUPLICATE_KEY;
	}
}
