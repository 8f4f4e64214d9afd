package io.rollcall.user.row.persistence;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.user.row.AppliedPositions;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;

/** {@code applied-positions}: one document a partition. */
@Repository
class MongoAppliedPositions implements AppliedPositions {
	private final MongoCollection<Document> positions;

	MongoAppliedPositions(MongoDatabase database) {
		this.positions = database.getCollection("applied-positions");
	}

	@Override
	public Map<String, Long> find(Collection<String> partitions) {
		Map<String, Long> found = new HashMap<>();
		for (Document document : positions.find(in("_id", partitions))) {
			found.put(document.getString("_id"), document.getLong("offset"));
		}
		return found;
	}

	@Override
	public void advance(Map<String, Long> offsets) {
		List<UpdateOneModel<Document>> writes = offsets.entrySet().stream()
				.map(entry -> new UpdateOneModel<Document>(eq("_id", entry.getKey()),
						Updates.max("offset", entry.getValue()), new UpdateOptions().upsert(true)))
				.toList();
		if (!writes.isEmpty()) positions.bulkWrite(writes);
	}
}
