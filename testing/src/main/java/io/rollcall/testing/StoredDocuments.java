package io.rollcall.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.mongodb.client.MongoDatabase;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Documents as they lie in a database: one a file, {@code src/test/resources/stored/COLLECTION/NAME.json}, in extended JSON, which
 * says of each field its type and its place. What releases of before have stored must be read for ever, and instances of two
 * releases write side by side; so what is written now is compared with the file byte for byte. With
 * {@code -Drollcall.stored=write} a file that is missing is written; none that is there ever is, for it is the proof of the past.
 */
public final class StoredDocuments {
	private static final boolean WRITE = "write".equals(System.getProperty("rollcall.stored"));
	private static final JsonWriterSettings CANONICAL = JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED)
			.indent(true).build();

	private final MongoDatabase database;

	public StoredDocuments(MongoDatabase database) {
		this.database = database;
	}

	/** Stores what stands in the file. */
	public void put(String collection, String name) {
		database.getCollection(collection, BsonDocument.class).insertOne(read(file(collection, name)));
	}

	/**
	 * Fails unless what stands in the file is all that the collection holds, to the byte.
	 *
	 * @param random fields at the top that are another each time; they may hold any value
	 */
	public void assertHolds(String collection, String name, String... random) {
		List<RawBsonDocument> all = database.getCollection(collection, RawBsonDocument.class).find()
				.into(new ArrayList<>());
		assertThat(all).as(collection).hasSize(1);
		RawBsonDocument stored = all.getFirst();
		Path file = file(collection, name);
		if (WRITE && !Files.exists(file)) write(file, stored);
		BsonDocument expected = read(file);
		for (String field : random)
			if (stored.containsKey(field)) expected.replace(field, stored.get(field));
		assertThat(stored.toJson(CANONICAL)).as(file.toString()).isEqualTo(expected.toJson(CANONICAL));
		assertThat(stored.getByteBuffer().asNIO()).as(file.toString())
				.isEqualTo(new RawBsonDocument(expected, new BsonDocumentCodec()).getByteBuffer().asNIO());
	}

	private static Path file(String collection, String name) {
		return Path.of("src/test/resources/stored", collection, name + ".json");
	}

	private static BsonDocument read(Path file) {
		try {
			return BsonDocument.parse(Files.readString(file));
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static void write(Path file, RawBsonDocument document) {
		try {
			Files.createDirectories(file.getParent());
			Files.writeString(file, document.toJson(CANONICAL) + "\n");
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}
}
