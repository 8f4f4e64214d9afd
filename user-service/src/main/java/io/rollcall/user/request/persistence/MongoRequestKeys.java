package io.rollcall.user.request.persistence;

import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.user.request.Attempt;
import io.rollcall.user.request.RequestKeys;

import static com.mongodb.client.model.Filters.eq;

/**
 * {@code request-keys}: a small document a key, {@code {_id, fingerprint, since, answered}}. What has {@code at} in place of
 * {@code since} was written when keys were kept for a day.
 */
@Repository
class MongoRequestKeys implements RequestKeys {
	private final MongoCollection<Document> keys;
	private final Clock clock;

	MongoRequestKeys(MongoDatabase database, Clock clock) {
		this.keys = database.getCollection("request-keys");
		this.clock = clock;
	}

	@Override
	public Optional<Attempt> claim(String key, String fingerprint) {
		try {
			keys.insertOne(new Document("_id", key).append("fingerprint", fingerprint).append("since",
					Date.from(clock.instant())));
			return Optional.of(new Attempt.First());
		} catch (MongoWriteException e) {
			if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) throw e;
			Document there = keys.find(eq("_id", key)).first();
			// Given back in between: then it is free, for whoever takes it.
			if (there == null) return claim(key, fingerprint);
			return fingerprint.equals(there.getString("fingerprint")) ? Optional.of(again(there)) : Optional.empty();
		}
	}

	private static Attempt again(Document there) {
		if (there.getBoolean("answered", false)) return new Attempt.Answered();
		Date since = there.getDate("since");
		return new Attempt.Unanswered(since == null ? Instant.EPOCH : since.toInstant());
	}

	@Override
	public void answered(String key) {
		keys.updateOne(eq("_id", key), Updates.set("answered", true));
	}

	@Override
	public void release(String key) {
		keys.deleteOne(eq("_id", key));
	}
}
