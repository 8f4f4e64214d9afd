package io.rollcall.standalone.mongo;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import io.netty.channel.Channel;

/** All databases of one {@link DocumentStore}. No command is answered before what it changed, or saw, is kept. */
final class DocumentBackend extends AbstractMongoBackend {

	private final DocumentStore store;
	private final ResultCursors cursors = new ResultCursors(getCursorRegistry());

	DocumentBackend(DocumentStore store) {
		this.store = store;
		store.namespaces().stream().map(namespace -> namespace.substring(0, namespace.indexOf('.'))).distinct()
				.forEach(this::resolveDatabase);
		store.flush();
	}

	@Override
	public Document handleCommand(Channel channel, String database, String command, Document query) {
		try {
			return super.handleCommand(channel, database, command, query);
		} finally {
			store.flush();
		}
	}

	@Override
	protected Document handleGetMore(String database, String command, Document query) {
		query.putIfAbsent("batchSize", ResultCursors.DEFAULT_BATCH);
		return super.handleGetMore(database, command, query);
	}

	@Override
	protected MongoDatabase openOrCreateDatabase(String name) {
		return new DocumentDatabase(name, store, cursors);
	}

	@Override
	public void close() {
		super.close();
		store.close();
	}
}
