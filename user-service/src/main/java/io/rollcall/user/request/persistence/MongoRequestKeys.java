package io.rollcall.user.request.persistence;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

import io.rollcall.user.request.Attempt;
import io.rollcall.user.request.RequestKeys;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/** A small document a key. */
@Repository
class MongoRequestKeys implements RequestKeys {
	/** @param since absent in what was written when keys were kept for a day */
	@Document("request-keys")
	record Stored(@MongoId String key, String fingerprint, @Nullable Instant since, @Nullable Boolean answered) {
		Attempt attempt() {
			if (answered != null && answered) return new Attempt.Answered();
			return new Attempt.Unanswered(since == null ? Instant.EPOCH : since);
		}
	}

	private final MongoTemplate mongo;
	private final Clock clock;

	MongoRequestKeys(MongoTemplate mongo, Clock clock) {
		this.mongo = mongo;
		this.clock = clock;
	}

	@Override
	public Optional<Attempt> claim(String key, String fingerprint) {
		try {
			mongo.insert(new Stored(key, fingerprint, clock.instant(), null));
			return Optional.of(new Attempt.First());
		} catch (DuplicateKeyException _) {
			Stored there = mongo.findById(key, Stored.class);
			// Given back in between: then it is free, for whoever takes it.
			if (there == null) return claim(key, fingerprint);
			return fingerprint.equals(there.fingerprint()) ? Optional.of(there.attempt()) : Optional.empty();
		}
	}

	@Override
	public void answered(String key) {
		mongo.update(Stored.class).matching(where(Stored::key).is(key)).apply(Update.update(Stored::answered, true))
				.first();
	}

	@Override
	public void release(String key) {
		mongo.remove(Stored.class).matching(where(Stored::key).is(key)).one();
	}
}
