package io.rollcall.imports.persistence;

import java.util.Optional;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.imports.dispatch.LeaseStore;

/** One document a lease, in {@code leases}. */
@Repository
class MongoLeases implements LeaseStore {
	private final MongoCollection<Document> leases;

	MongoLeases(MongoDatabase database) {
		leases = database.getCollection("leases");
	}

	@Override
	public Optional<Beat> read(String lease) {
		return Optional.ofNullable(leases.find(Filters.eq(lease)).first())
				.map(document -> new Beat(document.getString("holder"), document.getLong("count")));
	}

	@Override
	public boolean replace(String lease, Optional<Beat> seen, Beat next) {
		if (seen.isEmpty()) return insert(lease, next);
		Document filter = new Document("_id", lease).append("holder", seen.get().holder()).append("count",
				seen.get().count());
		return leases.updateOne(filter,
				Updates.combine(Updates.set("holder", next.holder()), Updates.set("count", next.count())))
				.getMatchedCount() == 1;
	}

	private boolean insert(String lease, Beat next) {
		try {
			leases.insertOne(new Document("_id", lease).append("holder", next.holder()).append("count", next.count()));
			return true;
		} catch (MongoWriteException e) {
			if (ErrorCategory.fromErrorCode(e.getCode()) == ErrorCategory.DUPLICATE_KEY) return false;
			throw e;
		}
	}
}
