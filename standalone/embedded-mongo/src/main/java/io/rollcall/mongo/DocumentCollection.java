package io.rollcall.mongo;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.AbstractMongoCollection;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.DefaultQueryMatcher;
import de.bwaldvogel.mongo.backend.DocumentWithPosition;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.QueryMatcher;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.oplog.Oplog;
import org.jspecify.annotations.Nullable;

/**
 * A collection whose writes come one at a time and whose reads take no lock at all: what is stored never changes, an
 * update puts another document in its place. So a reply, serialised whenever, shows each document as it once was.
 */
final class DocumentCollection extends AbstractMongoCollection<Long> {
	/** The library's own matcher for a collection is one object with one monitor; a thread each needs none. */
	private static final ThreadLocal<QueryMatcher> MATCHER = ThreadLocal.withInitial(DefaultQueryMatcher::new);

	private static final Document EVERYTHING = new Document();

	private final DocumentStore store;
	private final ResultCursors cursors;
	private final LongAdder examined = new LongAdder();
	private volatile List<FieldIndex> fieldIndexes = List.of();
	private DocumentStore.Documents documents;
	private long nextPosition;
	private boolean dropped;

	DocumentCollection(MongoDatabase database, String name, CollectionOptions options, ResultCursors cursors,
			DocumentStore store) {
		super(database, name, options, cursors.registry());
		this.cursors = cursors;
		this.store = store;
		this.documents = store.documents(getFullName());
		this.nextPosition = documents.end();
	}

	@Override
	protected QueryResult queryDocuments(Document query, @Nullable Document orderBy, int skip, int limit, int batchSize,
			@Nullable Document projection) {
		PinnedFields pinned = PinnedFields.of(query);
		Stream<Long> ordered = orderBy == null ? null : ordered(pinned, orderBy);
		if (ordered != null) {
			return matchDocumentsFromStream(examined(ordered.map(documents::get).filter(Objects::nonNull)), query, null,
					skip, limit, batchSize, projection);
		}
		Collection<Long> positions = candidates(pinned);
		Stream<Document> stream;
		if (positions == null) {
			stream = isNaturalDescending(orderBy) ? documents.inReverse() : documents.inOrder();
		} else {
			Comparator<Long> order = isNaturalDescending(orderBy)
					? Comparator.reverseOrder()
					: Comparator.naturalOrder();
			stream = positions.stream().sorted(order).map(documents::get).filter(Objects::nonNull);
		}
		stream = examined(stream);
		if (orderBy == null || deriveComparator(orderBy) == null) {
			return matchDocumentsFromStream(stream, query, null, skip, limit, batchSize, projection);
		}
		Stream<Document> sorted = SortKey.sort(stream.filter(document -> documentMatchesQuery(document, query)),
				orderBy);
		return matchDocumentsFromStream(sorted, EVERYTHING, null, skip, limit, batchSize, projection);
	}

	private Stream<Document> examined(Stream<Document> documents) {
		return documents.peek(_ -> examined.increment());
	}

	private @Nullable Stream<Long> ordered(PinnedFields pinned, Document orderBy) {
		return fieldIndexes.stream().map(index -> index.ordered(pinned, orderBy)).filter(Objects::nonNull).findFirst()
				.orElse(null);
	}

	private @Nullable Collection<Long> candidates(PinnedFields pinned) {
		Collection<Long> fewest = null;
		for (FieldIndex index : fieldIndexes) {
			Collection<Long> candidates = index.candidates(pinned);
			if (candidates != null && (fewest == null || candidates.size() < fewest.size())) fewest = candidates;
		}
		return fewest;
	}

	@Override
	protected boolean documentMatchesQuery(Document document, Document query) {
		return MATCHER.get().matches(document, query);
	}

	@Override
	protected QueryResult createQueryResult(List<Document> matched, int batchSize) {
		int size = batchSize == 0 ? matched.size() : ResultCursors.fitting(batchSize, documents.largest());
		if (size >= matched.size()) return new QueryResult(matched);
		List<Document> rest = matched.subList(size, matched.size());
		return new QueryResult(matched.subList(0, size), cursors.open(rest, documents.largest()));
	}

	@Override
	protected QueryResult matchDocuments(Document query, Document orderBy, int skip, int limit, int batchSize,
			Document projection) {
		return queryDocuments(query, orderBy, skip, limit, batchSize, projection);
	}

	@Override
	protected Stream<DocumentWithPosition<Long>> streamAllDocumentsWithPosition() {
		return documents.withPositions();
	}

	@Override
	protected @Nullable Document getDocument(Long position) {
		return documents.get(position);
	}

	@Override
	protected Long addDocumentInternal(Document document) {
		if (dropped) throw new MongoServerError(26, "NamespaceNotFound", "The collection was dropped meanwhile");
		documents.put(nextPosition, document);
		return nextPosition++;
	}

	@Override
	protected void handleUpdate(Long position, Document oldDocument, Document newDocument) {
		try {
			documents.put(position, newDocument);
		} catch (RuntimeException e) {
			// The indexes have been told already.
			for (Index<Long> index : getIndexes())
				index.updateInPlace(newDocument, oldDocument, position, this);
			throw e;
		}
	}

	@Override
	protected void removeDocument(Long position) {
		Document document = documents.get(position);
		documents.remove(position);
		for (Index<Long> index : getIndexes())
			if (document != null && index instanceof SecondaryIndex secondary) secondary.remove(document, position);
	}

	@Override
	public synchronized void addIndex(Index<Long> index) {
		super.addIndex(index);
		fieldIndexes = fieldIndexes();
	}

	@Override
	public synchronized void dropIndex(String indexName) {
		super.dropIndex(indexName);
		fieldIndexes = fieldIndexes();
	}

	/** Of a field that leads an index all values are known without a look at the documents. */
	@Override
	public Document handleDistinct(Document query) {
		boolean ofAll = !(query.get("query") instanceof Document filter) || filter.isEmpty();
		for (Index<Long> index : ofAll ? getIndexes() : List.<Index<Long>>of()) {
			List<Object> values = index instanceof SecondaryIndex secondary
					? secondary.distinct(query.get("key"))
					: null;
			if (values != null) {
				Document reply = new Document("values", values);
				Utils.markOkay(reply);
				return reply;
			}
		}
		return super.handleDistinct(query);
	}

	private List<FieldIndex> fieldIndexes() {
		return getIndexes().stream().filter(FieldIndex.class::isInstance).map(FieldIndex.class::cast).toList();
	}

	@Override
	public synchronized void drop() {
		super.drop();
		dropped = true;
		documents.drop();
	}

	@Override
	public synchronized void renameTo(MongoDatabase newDatabase, String newCollectionName) {
		super.renameTo(newDatabase, newCollectionName);
		DocumentStore.Documents before = documents;
		documents = store.documents(getFullName());
		documents.putAll(before);
		before.drop();
	}

	@Override
	public int count() {
		return documents.size();
	}

	@Override
	public boolean isEmpty() {
		return documents.isEmpty();
	}

	/** How many documents were compared with a filter since the start: what tells an index from a scan. */
	@Override
	public Document getStats() {
		return super.getStats().append("documentsExamined", examined.sum());
	}

	/** Measuring each document twice would cost as much as writing it. */
	@Override
	protected boolean tracksDataSize() {
		return false;
	}

	@Override
	protected void updateDataSize(int sizeDelta) {
		throw new UnsupportedOperationException();
	}

	@Override
	protected int getDataSize() {
		return 0;
	}

	@Override
	public synchronized void addDocument(Document document) {
		super.addDocument(document);
	}

	@Override
	public synchronized void removeDocument(Document document) {
		super.removeDocument(document);
	}

	@Override
	public synchronized List<Document> insertDocuments(List<Document> documents, boolean isOrdered) {
		return super.insertDocuments(documents, isOrdered);
	}

	@Override
	public synchronized Document updateDocuments(Document selector, Document update, ArrayFilters arrayFilters,
			boolean isMulti, boolean isUpsert, Oplog oplog) {
		return super.updateDocuments(selector, update, arrayFilters, isMulti, isUpsert, oplog);
	}

	@Override
	public synchronized Document findAndModify(Document query) {
		return super.findAndModify(query);
	}

	@Override
	public synchronized int deleteDocuments(Document selector, int limit, Oplog oplog) {
		return super.deleteDocuments(selector, limit, oplog);
	}
}
