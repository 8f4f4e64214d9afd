package io.rollcall.imports.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.stereotype.Repository;

import io.rollcall.imports.file.UploadedFiles;
import io.rollcall.platform.persistence.Retention;

/** One document a file, in {@code files}: beside the import, whose document must stay below 16 MB. */
@Repository
class MongoUploadedFiles implements UploadedFiles {
	private final MongoCollection<Document> files;

	MongoUploadedFiles(MongoDatabase database, Retention retention) {
		files = database.getCollection("files");
		retention.keep("files", "until", Duration.ZERO);
	}

	@Override
	public void keep(UUID importId, byte[] content, Instant until) {
		files.replaceOne(Filters.eq(importId.toString()), new Document("_id", importId.toString())
				.append("until", Date.from(until)).append("content", new Binary(content)),
				new ReplaceOptions().upsert(true));
	}

	@Override
	public Optional<byte[]> find(UUID importId) {
		return Optional.ofNullable(files.find(Filters.eq(importId.toString())).first())
				.map(document -> document.get("content", Binary.class).getData());
	}

	@Override
	public void delete(UUID importId) {
		files.deleteOne(Filters.eq(importId.toString()));
	}
}
