package io.rollcall.imports.persistence;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;

import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Undone;

/**
 * What imports have read, in {@code rows}: a document a file, under its import's id. It never changes, and is many times as large as
 * the import: apart, no change of that has to write it again.
 */
final class KeptFiles {
	private static final String COLLECTION = "rows";

	/** @param undone what the records take back; empty when it is no undo */
	record Kept(UserFile file, Map<Integer, Undone> undone) {}

	private final MongoTemplate mongo;
	private final MongoCollection<Document> rows;

	KeptFiles(MongoTemplate mongo) {
		this.mongo = mongo;
		this.rows = mongo.getCollection(COLLECTION);
		mongo.indexOps(COLLECTION).createIndex(new Index("until", Sort.Direction.ASC));
	}

	/** What is there already stays: an import that was stored with it goes by it. */
	void add(UUID id, UserFile file, Map<Integer, Undone> undone, Instant until) {
		Document document = RowDocuments.rows(id, file, undone, until);
		try {
			mongo.execute(COLLECTION, collection -> collection.insertOne(document));
		} catch (DuplicateKeyException _) {
			return;
		}
	}

	void delete(UUID id) {
		rows.deleteOne(Filters.eq(id.toString()));
	}

	/** By the imports' ids, as text; without those that are not kept any more. */
	Map<String, Kept> of(Collection<UUID> ids) {
		Map<String, Kept> files = new HashMap<>();
		for (Document document : rows.find(Filters.in("_id", ids.stream().map(UUID::toString).toList())))
			files.put(document.getString("_id"),
					new Kept(RowDocuments.file(document), RowDocuments.undone(document)));
		return files;
	}

	/** Also those whose import was never stored. */
	void deleteDue(Instant now, Collection<String> except) {
		rows.deleteMany(Filters.and(Filters.lt("until", Date.from(now)), Filters.nin("_id", except)));
	}
}
