package io.rollcall.platform.persistence;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/**
 * Whether operations have paused something. One for all instances, and for ever: what was paused stays so until somebody resumes
 * it.
 */
public final class PauseSwitch {
	/**
	 * @param by the account that turned it last; null when nobody ever has
	 * @param since when
	 */
	public record State(boolean paused, @Nullable String by, @Nullable Instant since) {}

	record Stored(@MongoId String id, boolean paused, String by, Instant since) {}

	private final MongoTemplate mongo;
	private final String collection;
	private final String id;

	public PauseSwitch(MongoTemplate mongo, String collection, String id) {
		this.mongo = mongo;
		this.collection = collection;
		this.id = id;
	}

	public State state() {
		Stored found = mongo.findById(id, Stored.class, collection);
		return found == null ? new State(false, null, null) : new State(found.paused(), found.by(), found.since());
	}

	/** Turns it, in one step: of several who turn it the same way at once, one does it. Turning it to where it stands changes nothing. */
	public State turn(boolean paused, String by, Instant at) {
		var other = new Query(where(Stored::id).is(id).and(Stored::paused).ne(paused));
		Update turned = Update.update(Stored::paused, paused).set(Stored::by, by).set(Stored::since, at);
		try {
			if (paused) {
				mongo.upsert(other, turned, Stored.class, collection);
			} else {
				mongo.updateFirst(other, turned, Stored.class, collection);
			}
		} catch (DuplicateKeyException _) {
			// It stands there already, so the filter found nothing and the upsert met it.
		}
		return state();
	}
}
