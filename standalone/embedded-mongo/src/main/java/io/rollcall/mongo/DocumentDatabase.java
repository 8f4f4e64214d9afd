package io.rollcall.mongo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.AbstractSynchronizedMongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/** A database over the {@link DocumentStore}; it also puts right what the library answers differently from MongoDB. */
final class DocumentDatabase extends AbstractSynchronizedMongoDatabase<Long> {
	private static final Document ID_INDEX = new Document("key", new Document("_id", 1)).append("name", "_id_");

	private final DocumentStore store;
	private final ResultCursors cursors;

	DocumentDatabase(String name, DocumentStore store, ResultCursors cursors) {
		super(name, cursors.registry());
		this.store = store;
		this.cursors = cursors;
		initializeNamespacesAndIndexes();
		completeCollections();
	}

	/** The process may have ended between the birth of a collection and that of its index on {@code _id}. */
	private void completeCollections() {
		MongoCollection<Long> namespaces = resolveCollection("system.namespaces", true);
		for (Document namespace : namespaces.queryAll()) {
			String fullName = String.valueOf(namespace.get("name"));
			String collection = fullName.substring(getDatabaseName().length() + 1);
			if (resolveCollection(collection, true).getNumIndexes() == 0) {
				addIndex(ID_INDEX.clone().append("ns", fullName));
			}
		}
	}

	@Override
	public Document handleCommand(Channel channel, String command, Document query, DatabaseResolver resolver,
			Oplog oplog) {
		return switch (command) {
			case "find" -> {
				if (!Utils.isTrue(query.get("singleBatch"))) {
					query.putIfAbsent("batchSize", ResultCursors.DEFAULT_BATCH);
				}
				yield super.handleCommand(channel, command, query, resolver, oplog);
			}
			case "insert" -> countInserted(super.handleCommand(channel, command, query, resolver, oplog), query);
			case "update" -> update(channel, query, resolver, oplog);
			case "aggregate" -> aggregate(channel, query, resolver, oplog);
			case "collMod" -> changeIndex(query, oplog);
			default -> super.handleCommand(channel, command, query, resolver, oplog);
		};
	}

	/** The library counts the documents that it was given, not those that it took. */
	private static Document countInserted(Document reply, Document query) {
		List<Document> errors = documents(reply, "writeErrors");
		if (!errors.isEmpty()) {
			int given = documents(query, "documents").size();
			reply.put("n", isOrdered(query) ? number(errors.getFirst(), "index") : given - errors.size());
		}
		return reply;
	}

	/** The library goes on after an error even when the updates are ordered. */
	private Document update(Channel channel, Document query, DatabaseResolver resolver, Oplog oplog) {
		List<Document> updates = documents(query, "updates");
		if (!isOrdered(query) || updates.size() == 1) {
			return super.handleCommand(channel, "update", query, resolver, oplog);
		}
		int matched = 0;
		int modified = 0;
		List<Document> upserted = new ArrayList<>();
		List<Document> errors = List.of();
		for (int index = 0; index < updates.size() && errors.isEmpty(); index++) {
			Document one = query.clone().append("updates", List.of(updates.get(index)));
			Document result = super.handleCommand(channel, "update", one, resolver, oplog);
			matched += number(result, "n");
			modified += number(result, "nModified");
			upserted.addAll(documents(result, "upserted"));
			errors = documents(result, "writeErrors");
			for (Document numberedFromZero : documents(result, "upserted", "writeErrors"))
				numberedFromZero.put("index", index);
		}
		Document reply = new Document("n", matched).append("nModified", modified);
		if (!upserted.isEmpty()) reply.put("upserted", upserted);
		if (!errors.isEmpty()) reply.put("writeErrors", errors);
		Utils.markOkay(reply);
		return reply;
	}

	private static boolean isOrdered(Document query) {
		return Utils.isTrue(query.getOrDefault("ordered", true));
	}

	private static int number(Document document, String field) {
		return document.get(field) instanceof Number number ? number.intValue() : 0;
	}

	private static List<Document> documents(Document document, String... fields) {
		List<Document> documents = new ArrayList<>();
		for (String field : fields) {
			if (document.get(field) instanceof Iterable<?> elements) {
				elements.forEach(element -> documents.add((Document) element));
			}
		}
		return documents;
	}

	/** The library feeds all documents to a pipeline (so to the driver's {@code countDocuments}) and filters there. */
	private Document aggregate(Channel channel, Document query, DatabaseResolver resolver, Oplog oplog) {
		List<Document> stages = Aggregation.parse(query.get("pipeline"));
		MongoCollection<Long> collection = query.get("aggregate") instanceof String name
				? resolveCollection(name, false)
				: null;
		if (collection == null || stages.isEmpty()) {
			return super.handleCommand(channel, "aggregate", query, resolver, oplog);
		}
		Document filter = new Document();
		if (stages.getFirst().get("$match") instanceof Document match) {
			filter = match;
			stages = stages.subList(1, stages.size());
		}
		Aggregation aggregation = Aggregation.fromPipeline(stages, resolver, this, collection, oplog);
		aggregation.validate(query);
		Document reply = new Document("cursor", new Document("id", 0L).append("ns", collection.getFullName())
				.append("firstBatch", aggregation.runStages(collection.handleQueryAsStream(filter))));
		Utils.markOkay(reply);
		return reply;
	}

	/** Of a collection only an index can be changed, and of that only for how long documents live by it. */
	private synchronized Document changeIndex(Document query, Oplog oplog) {
		MongoCollection<Long> collection = resolveCollection(String.valueOf(query.get("collMod")), true);
		if (!(query.get("index") instanceof Document change)
				|| !(change.get("expireAfterSeconds") instanceof Number seconds)) {
			throw new MongoServerError(72, "InvalidOptions", "The embedded Mongo changes expireAfterSeconds alone");
		}
		Document wanted = new Document("ns", collection.getFullName());
		wanted.putIfNotNull("name", change.get("name"));
		wanted.putIfNotNull("key", change.get("keyPattern"));
		Document before = described(wanted);
		if (before == null) {
			throw new MongoServerError(27, "IndexNotFound", "cannot find index " + change + " for ns "
					+ collection.getFullName());
		}
		MongoCollection<Long> descriptions = getOrCreateIndexesCollection();
		descriptions.deleteDocuments(before, 1, oplog);
		descriptions.addDocument(before.clone().append("expireAfterSeconds", seconds));
		Document reply = new Document();
		Utils.markOkay(reply);
		return reply;
	}

	private @Nullable Document described(Document wanted) {
		for (Document description : getOrCreateIndexesCollection().handleQuery(wanted))
			return description;
		return null;
	}

	/**
	 * An option that changes what is allowed is not passed over; one that only saves room or time is. Nothing expires here by
	 * itself, but for how long documents live by an index is kept, and told from another time, as MongoDB does.
	 */
	@Override
	protected synchronized void addIndex(Document description) {
		if (Utils.isTrue(description.get("unique"))) {
			for (String option : List.of("partialFilterExpression", "collation")) {
				if (description.containsKey(option)) {
					throw new MongoServerError(67, "CannotCreateIndex",
							"The embedded Mongo has no unique index with " + option + ": " + description.get("name"));
				}
			}
		}
		Document there = described(
				new Document("ns", description.get("ns")).append("name", description.get("name")));
		if (there != null && !Objects.equals(timeToLive(there), timeToLive(description))) {
			throw new MongoServerError(85, "IndexOptionsConflict",
					"An equivalent index already exists with the same name but different options: "
							+ description.get("name"));
		}
		super.addIndex(description);
	}

	private static @Nullable Long timeToLive(Document description) {
		return description.get("expireAfterSeconds") instanceof Number seconds ? (Long) seconds.longValue() : null;
	}

	@Override
	protected MongoCollection<Long> openOrCreateCollection(String name, CollectionOptions options) {
		return new DocumentCollection(this, name, options, cursors, store);
	}

	@Override
	protected Index<Long> openOrCreateUniqueIndex(String collection, String name, List<IndexKey> keys,
			boolean sparse) {
		return new UniqueIndex(name, keys, sparse);
	}

	@Override
	protected Index<Long> openOrCreateSecondaryIndex(String collection, String name, List<IndexKey> keys,
			boolean sparse) {
		return new SecondaryIndex(name, keys);
	}

	@Override
	protected long getFileSize() {
		try {
			return store.size();
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	@Override
	protected long getStorageSize() {
		return getFileSize();
	}
}
