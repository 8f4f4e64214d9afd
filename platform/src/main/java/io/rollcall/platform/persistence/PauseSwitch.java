package io.rollcall.platform.persistence;

import java.time.Instant;
import java.util.Date;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

/**
 * Whether operations have paused something. One for all instances, and for ever: what was paused stays so until somebody resumes
 * it. A document, {@code {_id, paused, by, since}}.
 */
public final class PauseSwitch {
	/**
	 * @param by the account that turned it last; null when nobody ever has
	 * @param since when
	 */
	public record State(boolean paused, @Nullable String by, @Nullable Instant since) {}

	private final MongoCollection<Document> switches;
	private final String id;

	public PauseSwitch(MongoDatabase database, String collection, String id) {
		this.switches = database.getCollection(collection);
		this.id = id;
	}

	public State state() {
		Document found = switches.find(eq("_id", id)).first();
		return found == null
				? new State(false, null, null)
				: new State(found.getBoolean("paused"), found.getString("by"), found.getDate("since").toInstant());
	}

	/** Turns it, in one step: of several who turn it the same way at once, one does it. Turning it to where it stands changes nothing. */
	public State turn(boolean paused, String by, Instant at) {
		try {
			switches.updateOne(and(eq("_id", id), ne("paused", paused)),
					combine(set("paused", paused), set("by", by), set("since", Date.from(at))),
					new UpdateOptions().upsert(paused));
		} catch (MongoWriteException e) {
			// It stands there already, so the filter found nothing and the upsert met it.
			if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) throw e;
		}
		return state();
	}
}
