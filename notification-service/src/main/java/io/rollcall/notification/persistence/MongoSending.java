package io.rollcall.notification.persistence;

import java.time.Instant;
import java.util.Date;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.ReplaceOptions;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.notification.Sending;

/** One document, in {@code operations}. */
@Repository
class MongoSending implements Sending {
	private static final Document ID = new Document("_id", "sending");

	private final MongoCollection<Document> operations;

	MongoSending(MongoDatabase database) {
		this.operations = database.getCollection("operations");
	}

	@Override
	public State state() {
		Document found = operations.find(ID).first();
		return found == null
				? new State(false, null, null)
				: new State(found.getBoolean("paused"), found.getString("by"), found.getDate("since").toInstant());
	}

	@Override
	public State change(boolean paused, String by, Instant at) {
		State now = state();
		if (now.paused() == paused) return now;
		operations.replaceOne(ID, new Document(ID).append("paused", paused).append("by", by).append("since",
				Date.from(at)), new ReplaceOptions().upsert(true));
		return state();
	}
}
