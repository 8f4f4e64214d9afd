package io.rollcall.platform.messaging;

import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoServerUnavailableException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/**
 * Something the work needs (broker, database, another service) is away: the work is right and is tried again. Over HTTP it
 * is answered 503 with {@code Retry-After}. The message never holds personal data.
 */
public class TemporarilyUnavailable extends RuntimeException {
	private static final long serialVersionUID = 1;

	public TemporarilyUnavailable(String message, Throwable cause) {
		super(message, cause);
	}

	public TemporarilyUnavailable(String message) {
		super(message);
	}

	/**
	 * Whether waiting helps: true for what is away, false for what is wrong. Spring's translation of the database's exceptions is no
	 * help there, for it gives what is away and what is wrong the same types: the cause says it.
	 */
	public static boolean isBehind(Throwable failure) {
		for (Throwable t = failure; t != null; t = t.getCause()) {
			boolean temporary = switch (t) {
				case TemporarilyUnavailable _ -> true;
				case MongoTimeoutException _,MongoSocketException _,MongoNotPrimaryException _,MongoNodeIsRecoveringException _ ->
					true;
				case MongoConnectionPoolClearedException _,MongoServerUnavailableException _,MongoInterruptedException _ ->
					true;
				case MongoException e -> e.hasErrorLabel("RetryableWriteError")
						|| e.hasErrorLabel(MongoException.TRANSIENT_TRANSACTION_ERROR_LABEL);
				case RetriableException _,InterruptException _ -> true;
				default -> false;
			};
			if (temporary) return true;
		}
		return false;
	}
}
