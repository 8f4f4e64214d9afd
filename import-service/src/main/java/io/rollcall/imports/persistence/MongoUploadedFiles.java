package io.rollcall.imports.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.stereotype.Repository;

import io.rollcall.imports.file.UploadedFiles;
import io.rollcall.platform.persistence.Retention;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/** One document a file: beside the import, whose document must stay below 16 MB. */
@Repository
class MongoUploadedFiles implements UploadedFiles {
	@Document("files")
	record Stored(@MongoId String importId, Instant until, byte[] content) {}

	private final MongoTemplate mongo;

	MongoUploadedFiles(MongoTemplate mongo, Retention retention) {
		this.mongo = mongo;
		retention.keep("files", "until", Duration.ZERO);
	}

	@Override
	public void keep(UUID importId, byte[] content, Instant until) {
		mongo.save(new Stored(importId.toString(), until, content));
	}

	@Override
	public Optional<byte[]> find(UUID importId) {
		return Optional.ofNullable(mongo.findById(importId.toString(), Stored.class)).map(Stored::content);
	}

	@Override
	public void delete(UUID importId) {
		mongo.remove(Stored.class).matching(where(Stored::importId).is(importId.toString())).one();
	}
}
