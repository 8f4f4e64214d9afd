package io.rollcall.notification.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.notification.Endings;
import io.rollcall.platform.persistence.Retention;

/** One document an account in {@code endings}, found by its id: {@code {_id, endedAt}}. */
@Repository
class MongoEndings implements Endings {
	/** Longer than any mail with a secret waits. */
	private static final Duration REMEMBERED = Duration.ofDays(30);
	private static final UpdateOptions OR_INSERT = new UpdateOptions().upsert(true);
	private static final BulkWriteOptions ANY_ORDER = new BulkWriteOptions().ordered(false);

	private final MongoCollection<Document> endings;

	MongoEndings(MongoDatabase database, Retention retention) {
		this.endings = database.getCollection("endings");
		retention.keep("endings", "endedAt", REMEMBERED);
	}

	@Override
	public void keep(Map<UUID, Instant> ended) {
		if (ended.isEmpty()) return;
		endings.bulkWrite(ended.entrySet().stream()
				.map(it -> new UpdateOneModel<Document>(new Document("_id", it.getKey().toString()),
						new Document("$max", new Document("endedAt", Date.from(it.getValue()))), OR_INSERT))
				.toList(), ANY_ORDER);
	}

	@Override
	public Optional<Instant> latest(UUID accountId) {
		return Optional.ofNullable(endings.find(new Document("_id", accountId.toString())).first())
				.map(found -> found.getDate("endedAt").toInstant());
	}
}
