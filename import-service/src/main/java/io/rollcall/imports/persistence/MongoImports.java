package io.rollcall.imports.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.ReplaceOptions;
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
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.data.support.PageableExecutionUtils;
import org.springframework.stereotype.Repository;

import io.rollcall.imports.CompletionOutbox;
import io.rollcall.imports.HistoryFilter;
import io.rollcall.imports.Import;
import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.OpenImport;
import io.rollcall.imports.Page;
import io.rollcall.imports.Submission;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.persistence.ImportDocument.CountsPart;
import io.rollcall.imports.persistence.ImportDocument.Progress;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.platform.security.Caller;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/**
 * One document an import, in {@code imports}. Outcomes and counts change together, guarded by version; how far it is
 * dispatched only grows and needs no guard, so that dispatching and recording do not hold each other up. Its rows never change
 * and are many times as large: they lie in {@code rows}, under the same id, so that no change has to write them again.
 *
 * <p>The rows, the foretold outcomes of a new import and the outcomes that are recorded go to the driver as they are: see
 * {@link RowDocuments}.
 */
@Repository
class MongoImports implements ImportRepository, CompletionOutbox {
	private static final Duration SWEPT_EVERY = Duration.ofHours(1);
	private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);
	private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
	private static final Sort LATEST_FIRST = Sort.by(Sort.Direction.DESC, "submittedAt", "id");

	private record Key(@MongoId String id) {
		UUID uuid() {
			return UUID.fromString(id);
		}
	}

	private final MongoTemplate mongo;
	private final MongoCollection<Document> rows;

	MongoImports(MongoTemplate mongo, Retention retention) {
		this.mongo = mongo;
		this.rows = mongo.getCollection("rows");
		mongo.indexOps("rows").createIndex(new Index("until", Sort.Direction.ASC));
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
		retention.keep("imports' rows", SWEPT_EVERY, this::deleteRowsDue);
	}

	@Override
	public boolean add(UUID id, Submission submission, UserFile file, Map<Integer, Outcome> preview,
			Instant keptUntil) {
		// First: an import always has its rows. There already, they are the same ones.
		rows.replaceOne(Filters.eq(id.toString()), RowDocuments.rows(id, file, keptUntil), UPSERT);
		var document = new Document();
		mongo.getConverter().write(ImportDocument.ofNew(id, submission, file.records().size(), keptUntil), document);
		document.computeIfPresent("preview", (_, _) -> RowDocuments.outcomes(preview));
		try {
			mongo.execute(ImportDocument.class, imports -> imports.insertOne(document));
			return true;
		} catch (DuplicateKeyException _) {
			if (find(id).isEmpty()) rows.deleteOne(Filters.eq(id.toString()));
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
						.is(ImportDocument.PROCESSING))
				.all().stream().map(Key::id).toList();
		// Also those whose import was never stored.
		rows.deleteMany(Filters.and(Filters.lt("until", Date.from(now)), Filters.nin("_id", open)));
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
		List<Criteria> conditions = conditions(wanted);
		conditions.add(inSightOf(caller));
		Query all = new Query(new Criteria().andOperator(conditions));
		var asked = PageRequest.of(page, size, LATEST_FIRST);
		List<ImportSummary> items = summaries(Query.of(all).with(asked));
		long total = PageableExecutionUtils.getPage(items, asked, () -> mongo.count(all, ImportDocument.class))
				.getTotalElements();
		return new Page<>(items, page, size, total);
	}

	private static List<Criteria> conditions(HistoryFilter wanted) {
		List<Criteria> conditions = new ArrayList<>();
		if (!wanted.search().isBlank()) {
			Pattern part = Pattern.compile(Pattern.quote(wanted.search().strip()),
					Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
			conditions.add(new Criteria().orOperator(where("fileName").regex(part),
					where("submitter.username").regex(part)));
		}
		Boolean completed = wanted.completed();
		if (completed != null) {
			conditions.add(where(ImportDocument::status)
					.is(completed ? ImportDocument.COMPLETED : ImportDocument.PROCESSING));
		}
		if (wanted.action() != null) conditions.add(where(ImportDocument::action).is(wanted.action()));
		if (wanted.dryRun() != null) conditions.add(where(ImportDocument::dryRun).is(wanted.dryRun()));
		if (wanted.from() != null) conditions.add(where(ImportDocument::submittedAt).gte(wanted.from()));
		if (wanted.before() != null) conditions.add(where(ImportDocument::submittedAt).lt(wanted.before()));
		return conditions;
	}

	/** The rule of {@link ImportRepository}, once for all calls. */
	private static Criteria inSightOf(Caller caller) {
		if (caller.isStateWide()) return new Criteria();
		Set<String> own = caller.organizations();
		return new Criteria().andOperator(
				new Criteria().orOperator(where("submitter.accountId").is(caller.accountId()),
						allOf("submitter.permissions", caller.permissions())),
				where("submitter.organizations.0").exists(true),
				new Criteria().orOperator(allOf("submitter.organizations", own),
						new Criteria().andOperator(where("submitter.districts.0").exists(true),
								allOf("submitter.districts", own))));
	}

	private static Criteria allOf(String field, Set<String> allowed) {
		return new Criteria().norOperator(where(field).elemMatch(new Criteria().nin(allowed)));
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
		return progress(where(ImportDocument::status).is(ImportDocument.PROCESSING));
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
		Map<String, UserFile> files = new HashMap<>();
		for (Document document : rows.find(Filters.in("_id", texts(ids))))
			files.put(document.getString("_id"), RowDocuments.file(document));
		List<ImportedRows> found = new ArrayList<>();
		for (ImportDocument document : mongo.find(new Query(where(ImportDocument::id).in(files.keySet())),
				ImportDocument.class)) {
			UserFile file = files.get(document.id());
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

	private static Criteria is(UUID id) {
		return where(ImportDocument::id).is(id.toString());
	}

	private static Criteria in(Collection<UUID> ids) {
		return where(ImportDocument::id).in(texts(ids));
	}

	private static List<String> texts(Collection<UUID> ids) {
		return ids.stream().map(UUID::toString).toList();
	}
}
