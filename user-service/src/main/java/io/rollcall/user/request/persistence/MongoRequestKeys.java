package io.rollcall.user.request.persistence;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.request.RequestKeys;

import static com.mongodb.client.model.Filters.eq;

/** {@code request-keys}: a small document a key, for a day. */
@Repository
class MongoRequestKeys implements RequestKeys {
	private static final Duration KEPT = Duration.ofDays(1);

	private final MongoCollection<Document> keys;
	private final Clock clock;

	MongoRequestKeys(MongoDatabase database, Retention retention, Clock clock) {
		this.keys = database.getCollection("request-keys");
		this.clock = clock;
		retention.keep("request-keys", "at", KEPT);
	}

	@Override
	public boolean claim(String key, String fingerprint) {
		try {
			keys.insertOne(new Document("_id", key).append("fingerprint", fingerprint).append("at",
					Date.from(clock.instant())));
			return true;
		} catch (MongoWriteException e) {
			if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) throw e;
			Document there = keys.find(eq("_id", key)).first();
			// Given back in between: then it is free, for whoever takes it.
			return there == null ? claim(key, fingerprint) : fingerprint.equals(there.getString("fingerprint"));
		}
	}

	@Override
	public void release(String key) {
		keys.deleteOne(eq("_id", key));
	}
}
