package io.rollcall.imports.persistence;

import java.time.Instant;
import java.util.Date;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.imports.dispatch.DispatchSwitch;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.ne;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;

/** One document. */
@Repository
class MongoDispatchSwitch implements DispatchSwitch {
	private static final String ID = "dispatch";

	private final MongoCollection<Document> switches;

	MongoDispatchSwitch(MongoDatabase database) {
		this.switches = database.getCollection("switches");
	}

	@Override
	public State state() {
		Document found = switches.find(eq("_id", ID)).first();
		return found == null
				? new State(false, null, null)
				: new State(found.getBoolean("paused"), found.getString("by"), found.getDate("since").toInstant());
	}

	@Override
	public void turn(boolean paused, String by, Instant at) {
		try {
			switches.updateOne(and(eq("_id", ID), ne("paused", paused)),
					combine(set("paused", paused), set("by", by), set("since", Date.from(at))),
					new UpdateOptions().upsert(paused));
		} catch (MongoWriteException e) {
			// It stands there already, so the filter found nothing and the upsert met it.
			if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) throw e;
		}
	}
}
