package io.rollcall.imports.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexOperations;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.data.support.PageableExecutionUtils;
import org.springframework.stereotype.Repository;

import io.rollcall.imports.CompletionOutbox;
import io.rollcall.imports.FollowUp;
import io.rollcall.imports.HistoryFilter;
import io.rollcall.imports.Import;
import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.NewImport;
import io.rollcall.imports.OpenImport;
import io.rollcall.imports.Page;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.persistence.ImportDocument.CountsPart;
import io.rollcall.imports.persistence.ImportDocument.FollowUpPart;
import io.rollcall.imports.persistence.ImportDocument.Key;
import io.rollcall.imports.persistence.ImportDocument.Progress;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.platform.security.Caller;

import static io.rollcall.imports.persistence.ImportCriteria.in;
import static io.rollcall.imports.persistence.ImportCriteria.inSightOf;
import static io.rollcall.imports.persistence.ImportCriteria.is;
import static org.springframework.data.mongodb.core.query.Criteria.where;

/**
 * One document an import, in {@code imports}. Outcomes and counts change together, guarded by version; how far it is
 * dispatched only grows and needs no guard, so that dispatching and recording do not hold each other up. What it has read lies
 * apart ({@link KeptFiles}).
 *
 * <p>The rows, the foretold outcomes of a new import and the outcomes that are recorded go to the driver as they are: see
 * {@link RowDocuments}.
 */
@Repository
class MongoImports implements ImportRepository, CompletionOutbox {
	private static final Duration SWEPT_EVERY = Duration.ofHours(1);
	private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
	private static final Sort LATEST_FIRST = Sort.by(Sort.Direction.DESC, "submittedAt", "id");

	private final MongoTemplate mongo;
	private final KeptFiles files;

	MongoImports(MongoTemplate mongo, Retention retention) {
		this.mongo = mongo;
		this.files = new KeptFiles(mongo);
		IndexOperations imports = mongo.indexOps(ImportDocument.class);
		imports.createIndex(new Index("idempotencyKey", Sort.Direction.ASC).unique().sparse());
		imports.createIndex(new Index("status", Sort.Direction.ASC));
		imports.createIndex(new Index("unannounced", Sort.Direction.ASC).sparse());
		imports.createIndex(
				new Index("submitter.accountId", Sort.Direction.ASC).on("submittedAt", Sort.Direction.DESC));
		imports.createIndex(
				new Index("submitter.districts", Sort.Direction.ASC).on("submittedAt", Sort.Direction.DESC));
		imports.createIndex(new Index("submittedAt", Sort.Direction.DESC));
		imports.createIndex(new Index("sha256", Sort.Direction.ASC));
		imports.createIndex(new Index("keptUntil", Sort.Direction.ASC).sparse());
		imports.createIndex(new Index("undoOf", Sort.Direction.ASC).sparse());
		retention.keep("imports' rows", SWEPT_EVERY, this::deleteRowsDue);
	}

	@Override
	public boolean add(NewImport added) {
		UUID id = added.id();
		// First: an import always has its rows.
		files.add(id, added.file(), added.undone(), added.keptUntil());
		var document = new Document();
		mongo.getConverter().write(ImportDocument.of(added), document);
		document.put("outcomes", RowDocuments.outcomes(added.decided()));
		document.computeIfPresent("preview", (_, _) -> RowDocuments.outcomes(added.preview()));
		if (added.completedAt() != null) document.put("unannounced", true);
		try {
			mongo.execute(ImportDocument.class, imports -> imports.insertOne(document));
			return true;
		} catch (DuplicateKeyException _) {
			if (find(id).isEmpty()) files.delete(id);
			return false;
		}
	}

	@Override
	public Optional<ImportSummary> find(UUID id) {
		return summaries(new Query(is(id))).stream().findFirst();
	}

	@Override
	public Optional<ImportSummary> find(UUID id, Caller caller) {
		return summaries(new Query(new Criteria().andOperator(is(id), inSightOf(caller)))).stream().findFirst();
	}

	@Override
	public Set<UUID> seen(Collection<UUID> ids, Caller caller) {
		if (ids.isEmpty()) return Set.of();
		return mongo.query(ImportDocument.class).as(Key.class)
				.matching(new Criteria().andOperator(in(ids), inSightOf(caller))).all().stream().map(Key::uuid)
				.collect(Collectors.toSet());
	}

	@Override
	public Optional<ImportSummary> findByIdempotencyKey(String key) {
		return summaries(new Query(where(ImportDocument::idempotencyKey).is(key))).stream().findFirst();
	}

	@Override
	public List<ImportSummary> summaries(Collection<UUID> ids) {
		return summaries(new Query(in(ids)));
	}

	@Override
	public List<ImportSummary> undosOf(Collection<UUID> ids) {
		List<String> undone = ids.stream().map(UUID::toString).toList();
		return summaries(new Query(where(ImportDocument::undoOf).in(undone).and(ImportDocument::dryRun).is(false))
				.with(LATEST_FIRST));
	}

	private List<ImportSummary> summaries(Query query) {
		query.fields().exclude("outcomes", "preview");
		return mongo.find(query, ImportDocument.class).stream().map(ImportDocument::summary).toList();
	}

	@Override
	public Optional<UUID> latestOf(UUID accountId, Action action, String sha256, Instant since) {
		Query same = new Query(where("sha256").is(sha256).and("submitter.accountId").is(accountId.toString())
				.and("action").is(action).and("dryRun").is(false).and("submittedAt").gte(since))
				.with(Sort.by(Sort.Direction.DESC, "submittedAt")).limit(1);
		return mongo.query(ImportDocument.class).as(Key.class).matching(same).first().map(Key::uuid);
	}

	@Override
	public void committed(UUID dryRun, UUID as) {
		change(is(dryRun), Update.update(ImportDocument::committedAs, as.toString()));
	}

	@Override
	public void followedUp(UUID id, FollowUp by) {
		change(is(id), new Update().addToSet("followUps", FollowUpPart.of(by)));
	}

	private void change(Criteria one, Update update) {
		mongo.update(ImportDocument.class).matching(one).apply(update).first();
	}

	/**
	 * Outcomes and rows of what is completed; that there was an import, and its counts, stays. No index can do that: an import that
	 * is not completed keeps its rows however old they are.
	 */
	private long deleteRowsDue(Instant now) {
		List<String> open = mongo.query(ImportDocument.class).as(Key.class)
				.matching(where(ImportDocument::keptUntil).lt(now).and(ImportDocument::status)
						.in(ImportDocument.OPEN))
				.all().stream().map(Key::id).toList();
		files.deleteDue(now, open);
		return mongo.update(ImportDocument.class)
				.matching(where(ImportDocument::keptUntil).lt(now).and(ImportDocument::status)
						.is(ImportDocument.COMPLETED))
				.apply(new Update().unset(ImportDocument::keptUntil).set(ImportDocument::outcomes, List.of())
						.unset(ImportDocument::preview))
				.all().getModifiedCount();
	}

	@Override
	public Optional<ImportedRows> rows(UUID id) {
		return rows(List.of(id)).stream().findFirst();
	}

	@Override
	public Page<ImportSummary> history(Caller caller, HistoryFilter wanted, int page, int size) {
		List<Criteria> conditions = ImportCriteria.matching(wanted);
		conditions.add(inSightOf(caller));
		Query all = new Query(new Criteria().andOperator(conditions));
		var asked = PageRequest.of(page, size, LATEST_FIRST);
		List<ImportSummary> items = summaries(Query.of(all).with(asked));
		long total = PageableExecutionUtils.getPage(items, asked, () -> mongo.count(all, ImportDocument.class))
				.getTotalElements();
		return new Page<>(items, page, size, total);
	}

	@Override
	public List<Import> forRecording(Collection<UUID> ids) {
		return mongo.find(new Query(in(ids)), ImportDocument.class).stream().map(ImportDocument::forRecording).toList();
	}

	@Override
	public boolean replace(Collection<Import> changed) {
		if (changed.isEmpty()) return true;
		List<WriteModel<Document>> writes = changed.stream().map(this::replacement).toList();
		return Boolean.TRUE.equals(mongo.execute(ImportDocument.class,
				imports -> imports.bulkWrite(writes, UNORDERED).getMatchedCount() == writes.size()));
	}

	private WriteModel<Document> replacement(Import changed) {
		List<Bson> updates = new ArrayList<>();
		updates.add(Updates.set("outcomes", RowDocuments.outcomes(changed.outcomes())));
		updates.add(Updates.set("counts", document(CountsPart.of(changed.counts()))));
		updates.add(Updates.set("redispatches", 0));
		updates.add(Updates.max("progressAt", Date.from(changed.progressAt())));
		updates.add(Updates.set("changedSincePreview", changed.changedSincePreview()));
		updates.add(Updates.set("version", changed.version() + 1));
		Instant completedAt = changed.completedAt();
		if (completedAt != null) {
			updates.add(Updates.set("status", ImportDocument.COMPLETED));
			updates.add(Updates.set("completedAt", Date.from(completedAt)));
			updates.add(Updates.set("unannounced", true));
		}
		return new UpdateOneModel<>(
				new Document("_id", changed.id().toString()).append("version", changed.version()),
				Updates.combine(updates));
	}

	private @Nullable Object document(Object part) {
		return mongo.getConverter().convertToMongoType(part);
	}

	@Override
	public List<ImportSummary> unannounced(int limit) {
		return summaries(new Query(where("unannounced").is(true)).limit(limit));
	}

	@Override
	public void announced(Collection<UUID> ids) {
		mongo.update(ImportDocument.class).matching(in(ids)).apply(new Update().unset("unannounced")).all();
	}

	@Override
	public List<OpenImport> open() {
		return progress(where(ImportDocument::status).in(ImportDocument.OPEN));
	}

	@Override
	public List<OpenImport> progress(Collection<UUID> ids) {
		return progress(in(ids));
	}

	private List<OpenImport> progress(Criteria wanted) {
		return mongo.query(ImportDocument.class).as(Progress.class).matching(wanted).all().stream().map(Progress::open)
				.toList();
	}

	@Override
	public List<ImportedRows> rows(Collection<UUID> ids) {
		Map<String, KeptFiles.Kept> kept = files.of(ids);
		List<ImportedRows> found = new ArrayList<>();
		for (ImportDocument document : mongo.find(new Query(where(ImportDocument::id).in(kept.keySet())),
				ImportDocument.class)) {
			KeptFiles.Kept file = kept.get(document.id());
			if (file != null) found.add(document.rows(file));
		}
		return found;
	}

	@Override
	public void dispatched(Map<UUID, Integer> records, Instant at) {
		if (records.isEmpty()) return;
		BulkOperations updates = mongo.bulkOps(BulkMode.UNORDERED, ImportDocument.class);
		records.forEach((id, count) -> updates.updateOne(new Query(is(id)), new Update()
				.max(ImportDocument::dispatched, count).max(ImportDocument::progressAt, at)
				.min(ImportDocument::startedAt, at)));
		updates.execute();
	}

	@Override
	public void redispatched(UUID id, Instant at) {
		change(is(id), new Update().inc(ImportDocument::redispatches, 1).max(ImportDocument::progressAt, at));
	}
}
