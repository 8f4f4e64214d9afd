package io.rollcall.platform.persistence;

import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;

import io.rollcall.platform.TemporarilyUnavailable;

/** The database does not answer, or it has no primary at the moment. */
public final class DatabaseAway implements TemporarilyUnavailable.Sign {
	@Override
	public boolean isIn(Throwable failure) {
		return switch (failure) {
			case MongoTimeoutException _,MongoSocketException _,MongoNotPrimaryException _,MongoNodeIsRecoveringException _ ->
				true;
			case MongoConnectionPoolClearedException _,MongoServerUnavailableException _,MongoInterruptedException _ ->
				true;
			case MongoException e -> e.hasErrorLabel("RetryableWriteError")
					|| e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);
			default -> false;
		};
	}
}
