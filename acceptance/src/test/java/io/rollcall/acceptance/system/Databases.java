package io.rollcall.acceptance.system;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import org.bson.BsonBinarySubType;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.types.Binary;

/** The services' databases, read from outside. */
public final class Databases implements AutoCloseable {
	public static final String USERS = "rollcall-users";
	public static final String IMPORTS = "rollcall-imports";
	public static final String NOTIFICATIONS = "rollcall-notifications";

	private final MongoClient client;

	Databases(String uri) {
		client = MongoClients.create(uri);
	}

	@Override
	public void close() {
		client.close();
	}

	/** Every database of the system. */
	public List<String> names() {
		return client.listDatabaseNames().into(new ArrayList<>()).stream().filter(name -> name.startsWith("rollcall"))
				.sorted().toList();
	}

	/** Each document of a database by collection and id, as canonical text. */
	public TreeMap<String, String> documents(String database) {
		var documents = new TreeMap<String, String>();
		for (String collection : client.getDatabase(database).listCollectionNames().into(new ArrayList<>())) {
			each(database, collection,
					document -> documents.put(collection + " " + document.get("_id"), document.toJson()));
		}
		return documents;
	}

	/** A collection to do something about that a test cannot wait for, as a year to go by. */
	public MongoCollection<Document> collection(String database, String name) {
		return client.getDatabase(database).getCollection(name);
	}

	/** How many documents each collection of a database has. */
	public TreeMap<String, Long> counts(String database) {
		var counts = new TreeMap<String, Long>();
		for (String collection : client.getDatabase(database).listCollectionNames().into(new ArrayList<>())) {
			counts.put(collection, client.getDatabase(database).getCollection(collection).countDocuments());
		}
		return counts;
	}

	/** Puts documents in that only a benchmark makes. */
	public void insert(String database, String collection, List<Document> documents) {
		client.getDatabase(database).getCollection(collection).insertMany(documents);
	}

	/** An id as the services store it. */
	public static Binary uuid(UUID id) {
		return new Binary(BsonBinarySubType.UUID_STANDARD,
				ByteBuffer.allocate(16).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits())
						.array());
	}

	private void each(String database, String collection, Consumer<BsonDocument> consumer) {
		client.getDatabase(database).getCollection(collection, BsonDocument.class).find().forEach(consumer);
	}
}
