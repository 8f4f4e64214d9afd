package io.rollcall.mongo;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import io.netty.channel.Channel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All databases of one {@link DocumentStore}. No command is answered before what it changed, or saw, is kept. */
final class DocumentBackend extends AbstractMongoBackend {
	private static final Logger LOG = LoggerFactory.getLogger(DocumentBackend.class);

	/** Bytes; a longer command is about a batch of documents. A page of 200 that somebody looks at is asked for with fewer. */
	private static final int BATCH = 6_000;

	private final DocumentStore store;
	/** Few: twenty that stand back outweigh one that does not. */
	private final ExecutorService batches = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(),
			Thread.ofPlatform().name("mongo-batch-", 0).priority(Thread.MIN_PRIORITY).factory());
	private final ResultCursors cursors = new ResultCursors(getCursorRegistry());
	private final Map<String, MongoDatabase> databases = new ConcurrentHashMap<>();

	DocumentBackend(DocumentStore store) {
		this.store = store;
		store.namespaces().stream().map(namespace -> namespace.substring(0, namespace.indexOf('.'))).distinct()
				.forEach(this::resolveDatabase);
		store.flush();
	}

	/**
	 * A batch stands back for whoever asks for a single thing. Not where the journal is written: that is one after the other, and
	 * somebody may be behind it.
	 */
	@Override
	public Document handleMessage(MongoMessage message) {
		boolean batch = message.getHeader().getTotalLength() > BATCH;
		Document answer = batch
				? CompletableFuture.supplyAsync(() -> answer(message), batches).join()
				: answer(message);
		try {
			store.flush();
			return answer;
		} catch (UncheckedIOException e) {
			return unexpected(message, e);
		}
	}

	/** The library would answer the same, but log the failed command with all the personal data in it. */
	private Document answer(MongoMessage message) {
		try {
			return super.handleMessage(message);
		} catch (MongoServerException e) {
			return failure(e.getMessageWithoutErrorCode(), e);
		} catch (RuntimeException e) {
			return unexpected(message, e);
		}
	}

	private static Document unexpected(MongoMessage message, RuntimeException e) {
		LOG.error("A {} failed with {} at {}", message.getDocument().keySet().iterator().next(),
				e.getClass().getName(), e.getStackTrace()[0]);
		return failure("Unknown error: " + e.getMessage(), e);
	}

	private static Document failure(String message, RuntimeException cause) {
		Document reply = new Document("ok", 0).append("errmsg", message);
		if (cause instanceof MongoServerError error) {
			reply.append("code", error.getCode()).putIfNotNull("codeName", error.getCodeName());
		}
		return reply;
	}

	@Override
	public Document handleCommand(Channel channel, String database, String command, Document query) {
		// The newer name of the same question; health checks ask it.
		if (command.equals("hello")) {
			return super.handleCommand(channel, database, "isMaster", query).append("isWritablePrimary", true);
		}
		return super.handleCommand(channel, database, command, query);
	}

	/** What drivers began a conversation with before there were messages, and some still do. */
	@Override
	public QueryResult handleQuery(MongoQuery query) {
		try {
			return super.handleQuery(query);
		} finally {
			store.flush();
		}
	}

	@Override
	protected Document handleGetMore(String database, String command, Document query) {
		query.putIfAbsent("batchSize", ResultCursors.DEFAULT_BATCH);
		return super.handleGetMore(database, command, query);
	}

	/** The library opens every database anew when they are listed, as each health check does: each index would be built again. */
	@Override
	protected MongoDatabase openOrCreateDatabase(String name) {
		return databases.computeIfAbsent(name, _ -> new DocumentDatabase(name, store, cursors));
	}

	@Override
	public void dropDatabase(String name) {
		databases.remove(name);
		super.dropDatabase(name);
	}

	@Override
	public void close() {
		super.close();
		batches.close();
		store.close();
	}
}
