package io.rollcall.imports.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.bson.conversions.Bson;
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
import io.rollcall.platform.persistence.Retention;
import io.rollcall.platform.persistence.Total;
import io.rollcall.platform.security.Caller;

/**
 * One document an import, in {@code imports}. Outcomes and counts change together, guarded by version; how far it is
 * dispatched only grows and needs no guard, so that dispatching and recording do not hold each other up. Its rows never change
 * and are many times as large: they lie in {@code rows}, under the same id, so that no change has to write them again.
 */
@Repository
class MongoImports implements ImportRepository, CompletionOutbox {
	private static final Duration SWEPT_EVERY = Duration.ofHours(1);
	private static final Bson SUMMARY = Projections.exclude("outcomes", "preview");
	private static final Bson PROGRESS = Projections.include("turn", "submittedAt", "total", "bytes", "dispatched",
			"redispatches", "progressAt", "counts");
	private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

	private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);

	private final MongoCollection<Document> imports;
	private final MongoCollection<Document> rows;

	MongoImports(MongoDatabase database, Retention retention) {
		imports = database.getCollection("imports");
		rows = database.getCollection("rows");
		rows.createIndex(Indexes.ascending("until"));
		imports.createIndex(Indexes.ascending("idempotencyKey"), new IndexOptions().unique(true).sparse(true));
		imports.createIndex(Indexes.ascending("status"));
		imports.createIndex(Indexes.ascending("unannounced"), new IndexOptions().sparse(true));
		imports.createIndex(Indexes.compoundIndex(Indexes.ascending("submitter.accountId"),
				Indexes.descending("submittedAt")));
		imports.createIndex(Indexes.compoundIndex(Indexes.ascending("submitter.districts"),
				Indexes.descending("submittedAt")));
		imports.createIndex(Indexes.descending("submittedAt"));
		imports.createIndex(Indexes.ascending("sha256"));
		imports.createIndex(Indexes.ascending("keptUntil"), new IndexOptions().sparse(true));
		retention.keep("imports' rows", SWEPT_EVERY, this::deleteRowsDue);
	}

	@Override
	public boolean add(UUID id, Submission submission, UserFile file, Map<Integer, Outcome> preview,
			Instant keptUntil) {
		// First: an import always has its rows. There already, they are the same ones.
		rows.replaceOne(Filters.eq(id.toString()), ImportDocuments.rows(id, file, keptUntil), UPSERT);
		try {
			imports.insertOne(ImportDocuments.ofNew(id, submission, file.records().size(), preview, keptUntil));
			return true;
		} catch (MongoWriteException e) {
			if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) throw e;
			if (find(id).isEmpty()) rows.deleteOne(Filters.eq(id.toString()));
			return false;
		}
	}

	@Override
	public Optional<ImportSummary> find(UUID id) {
		return one(Filters.eq(id.toString()), SUMMARY).map(ImportDocuments::summary);
	}

	@Override
	public Optional<ImportSummary> find(UUID id, Caller caller) {
		return one(Filters.and(Filters.eq(id.toString()), inSightOf(caller)), SUMMARY).map(ImportDocuments::summary);
	}

	@Override
	public Set<UUID> seen(Collection<UUID> ids, Caller caller) {
		if (ids.isEmpty()) return Set.of();
		return imports.find(Filters.and(in(ids), inSightOf(caller))).projection(Projections.include("_id"))
				.map(document -> UUID.fromString(document.getString("_id"))).into(new HashSet<>());
	}

	@Override
	public Optional<ImportSummary> findByIdempotencyKey(String key) {
		return one(Filters.eq("idempotencyKey", key), SUMMARY).map(ImportDocuments::summary);
	}

	@Override
	public List<ImportSummary> summaries(Collection<UUID> ids) {
		return imports.find(in(ids)).projection(SUMMARY).map(ImportDocuments::summary).into(new ArrayList<>());
	}

	@Override
	public Optional<UUID> latestOf(UUID accountId, Action action, String sha256, Instant since) {
		Bson same = Filters.and(Filters.eq("sha256", sha256), Filters.eq("submitter.accountId", accountId.toString()),
				Filters.eq("action", action.name()), Filters.eq("dryRun", false),
				Filters.gte("submittedAt", Date.from(since)));
		return Optional.ofNullable(imports.find(same).projection(Projections.include("_id"))
				.sort(Sorts.descending("submittedAt")).first())
				.map(document -> UUID.fromString(document.getString("_id")));
	}

	@Override
	public void committed(UUID dryRun, UUID as) {
		imports.updateOne(Filters.eq(dryRun.toString()), Updates.set("committedAs", as.toString()));
	}

	/**
	 * Outcomes and rows of what is completed; that there was an import, and its counts, stays. No index can do that: an import that
	 * is not completed keeps its rows however old they are.
	 */
	private long deleteRowsDue(Instant now) {
		Bson due = Filters.lt("keptUntil", Date.from(now));
		List<String> open = imports.find(Filters.and(due, Filters.eq("status", ImportDocuments.PROCESSING)))
				.projection(Projections.include("_id")).map(document -> document.getString("_id"))
				.into(new ArrayList<>());
		// Also those whose import was never stored.
		rows.deleteMany(Filters.and(Filters.lt("until", Date.from(now)), Filters.nin("_id", open)));
		return imports.updateMany(Filters.and(due, Filters.eq("status", ImportDocuments.COMPLETED)),
				Updates.combine(Updates.unset("keptUntil"), Updates.set("outcomes", List.of()),
						Updates.unset("preview")))
				.getModifiedCount();
	}

	@Override
	public Optional<ImportedRows> rows(UUID id) {
		return rows(List.of(id)).stream().findFirst();
	}

	private Optional<Document> one(Bson filter, Bson projection) {
		return Optional.ofNullable(imports.find(filter).projection(projection).first());
	}

	@Override
	public Page<ImportSummary> history(Caller caller, HistoryFilter wanted, int page, int size) {
		List<Bson> conditions = conditions(wanted);
		conditions.add(inSightOf(caller));
		Bson filter = Filters.and(conditions);
		List<ImportSummary> items = imports.find(filter).projection(SUMMARY)
				.sort(Sorts.descending("submittedAt", "_id")).skip(page * size).limit(size)
				.map(ImportDocuments::summary).into(new ArrayList<>());
		return new Page<>(items, page, size, Total.with(items, page, size, () -> imports.countDocuments(filter)));
	}

	private static List<Bson> conditions(HistoryFilter wanted) {
		List<Bson> conditions = new ArrayList<>();
		if (!wanted.search().isBlank()) {
			Pattern part = Pattern.compile(Pattern.quote(wanted.search().strip()),
					Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
			conditions.add(Filters.or(Filters.regex("fileName", part), Filters.regex("submitter.username", part)));
		}
		Boolean completed = wanted.completed();
		if (completed != null) {
			conditions
					.add(Filters.eq("status", completed ? ImportDocuments.COMPLETED : ImportDocuments.PROCESSING));
		}
		if (wanted.action() != null) conditions.add(Filters.eq("action", wanted.action().name()));
		if (wanted.dryRun() != null) conditions.add(Filters.eq("dryRun", wanted.dryRun()));
		if (wanted.from() != null) conditions.add(Filters.gte("submittedAt", Date.from(wanted.from())));
		if (wanted.before() != null) conditions.add(Filters.lt("submittedAt", Date.from(wanted.before())));
		return conditions;
	}

	/** The rule of {@link ImportRepository}, once for all calls. */
	private static Bson inSightOf(Caller caller) {
		if (caller.isStateWide()) return Filters.empty();
		Set<String> own = caller.organizations();
		return Filters.and(
				Filters.or(Filters.eq("submitter.accountId", caller.accountId()),
						allOf("submitter.permissions", caller.permissions())),
				Filters.exists("submitter.organizations.0"),
				Filters.or(allOf("submitter.organizations", own), Filters.and(
						Filters.exists("submitter.districts.0"), allOf("submitter.districts", own))));
	}

	private static Bson allOf(String field, Set<String> allowed) {
		return Filters.nor(Filters.elemMatch(field, new Document("$nin", List.copyOf(allowed))));
	}

	@Override
	public List<Import> forRecording(Collection<UUID> ids) {
		return imports.find(in(ids)).map(ImportDocuments::forRecording)
				.into(new ArrayList<>());
	}

	@Override
	public boolean replace(Collection<Import> changed) {
		if (changed.isEmpty()) return true;
		List<WriteModel<Document>> writes = changed.stream().map(MongoImports::replacement).toList();
		return imports.bulkWrite(writes, UNORDERED).getMatchedCount() == writes.size();
	}

	private static WriteModel<Document> replacement(Import changed) {
		List<Bson> updates = new ArrayList<>();
		updates.add(Updates.set("outcomes", ImportDocuments.outcomes(changed.outcomes())));
		updates.add(Updates.set("counts", ImportDocuments.counts(changed.counts())));
		updates.add(Updates.set("redispatches", 0));
		updates.add(Updates.max("progressAt", Date.from(changed.progressAt())));
		updates.add(Updates.set("changedSincePreview", changed.changedSincePreview()));
		updates.add(Updates.set("version", changed.version() + 1));
		Instant completedAt = changed.completedAt();
		if (completedAt != null) {
			updates.add(Updates.set("status", ImportDocuments.COMPLETED));
			updates.add(Updates.set("completedAt", Date.from(completedAt)));
			updates.add(Updates.set("unannounced", true));
		}
		return new UpdateOneModel<>(
				new Document("_id", changed.id().toString()).append("version", changed.version()),
				Updates.combine(updates));
	}

	@Override
	public List<ImportSummary> unannounced(int limit) {
		return imports.find(Filters.eq("unannounced", true)).projection(SUMMARY).limit(limit)
				.map(ImportDocuments::summary).into(new ArrayList<>());
	}

	@Override
	public void announced(Collection<UUID> ids) {
		imports.updateMany(in(ids), Updates.unset("unannounced"));
	}

	@Override
	public List<OpenImport> open() {
		return imports.find(Filters.eq("status", ImportDocuments.PROCESSING)).projection(PROGRESS)
				.map(ImportDocuments::open).into(new ArrayList<>());
	}

	@Override
	public List<OpenImport> progress(Collection<UUID> ids) {
		return imports.find(in(ids)).projection(PROGRESS).map(ImportDocuments::open).into(new ArrayList<>());
	}

	@Override
	public List<ImportedRows> rows(Collection<UUID> ids) {
		Map<String, UserFile> files = new HashMap<>();
		for (Document document : rows.find(in(ids)))
			files.put(document.getString("_id"), ImportDocuments.file(document));
		List<ImportedRows> found = new ArrayList<>();
		for (Document document : imports.find(in(files.keySet()))) {
			UserFile file = files.get(document.getString("_id"));
			if (file != null) found.add(ImportDocuments.rows(document, file));
		}
		return found;
	}

	@Override
	public void dispatched(Map<UUID, Integer> records, Instant at) {
		List<WriteModel<Document>> writes = new ArrayList<>(records.size());
		records.forEach((id, count) -> writes.add(new UpdateOneModel<>(Filters.eq(id.toString()), Updates
				.combine(Updates.max("dispatched", count), Updates.max("progressAt", Date.from(at)),
						Updates.min("startedAt", Date.from(at))))));
		if (!writes.isEmpty()) imports.bulkWrite(writes, UNORDERED);
	}

	@Override
	public void redispatched(UUID id, Instant at) {
		imports.updateOne(Filters.eq(id.toString()),
				Updates.combine(Updates.inc("redispatches", 1), Updates.max("progressAt", Date.from(at))));
	}

	private static Bson in(Collection<?> ids) {
		return Filters.in("_id", ids.stream().map(Object::toString).toList());
	}
}
