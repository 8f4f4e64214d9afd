package io.rollcall.imports.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import io.rollcall.imports.Import;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.OpenImport;
import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.file.Action;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Counts;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;

/** An import as a document and back. */
final class ImportDocuments {
	static final String PROCESSING = "processing";
	static final String COMPLETED = "completed";

	private ImportDocuments() {}

	static Document ofNew(UUID id, Submission submission, int total, Map<Integer, Outcome> preview,
			Instant keptUntil) {
		Submitter submitter = submission.submitter();
		Document document = new Document("_id", id.toString()).append("version", 0L).append("status", PROCESSING)
				.append("action", submission.action().name()).append("dryRun", submission.dryRun())
				.append("fileName", submission.fileName()).append("sha256", submission.sha256())
				.append("bytes", submission.bytes()).append("submittedAt", Date.from(submission.submittedAt()))
				.append("traceparent", submission.traceparent())
				.append("submitter", new Document("accountId", submitter.accountId().toString())
						.append("username", submitter.username()).append("role", submitter.role())
						.append("organizations", List.copyOf(submitter.organizations()))
						.append("districts", List.copyOf(submitter.districts()))
						.append("permissions", List.copyOf(submitter.permissions())))
				.append("turn", submission.turnOf(id)).append("total", total).append("dispatched", 0)
				.append("redispatches", 0)
				.append("progressAt", Date.from(submission.submittedAt())).append("outcomes", List.of())
				.append("counts", counts(Counts.NONE)).append("keptUntil", Date.from(keptUntil));
		// Absent, not null: the index over it is sparse.
		if (submission.idempotencyKey() != null) document.append("idempotencyKey", submission.idempotencyKey());
		if (submission.previewOf() != null) {
			document.append("previewOf", submission.previewOf().toString()).append("preview", outcomes(preview))
					.append("changedSincePreview", 0);
		}
		if (submission.sameContentAs() != null) {
			document.append("sameContentAs", submission.sameContentAs().toString());
		}
		return document;
	}

	static Document counts(Counts counts) {
		return new Document("created", counts.created()).append("updated", counts.updated())
				.append("unchanged", counts.unchanged()).append("rejected", counts.rejected())
				.append("mails", counts.mails());
	}

	static ImportSummary summary(Document document) {
		return new ImportSummary(id(document), submission(document), document.getInteger("total"),
				document.getInteger("dispatched"), countsOf(document), instant(document, "startedAt"),
				instant(document, "completedAt"), document.getInteger("changedSincePreview", 0),
				uuid(document, "committedAs"), instant(document, "keptUntil"));
	}

	static OpenImport open(Document document) {
		return new OpenImport(id(document), document.getString("turn"), required(document, "submittedAt"),
				document.getInteger("total"), document.getInteger("bytes"), document.getInteger("dispatched"),
				countsOf(document).done(), required(document, "progressAt"), document.getInteger("redispatches"));
	}

	static Import forRecording(Document document) {
		return new Import(open(document), document.getLong("version"), outcomes(document, "outcomes"),
				outcomes(document, "preview"), instant(document, "completedAt"));
	}

	static Document rows(UUID id, UserFile file, Instant until) {
		return new Document("_id", id.toString()).append("until", Date.from(until)).append("header", file.header())
				.append("rows", file.records());
	}

	@SuppressWarnings("unchecked")
	static UserFile file(Document document) {
		return new UserFile(document.getList("header", String.class),
				(List<List<String>>) (List<?>) document.getList("rows", List.class));
	}

	static ImportedRows rows(Document document, UserFile file) {
		return new ImportedRows(id(document), submission(document), file, outcomes(document, "outcomes"),
				outcomes(document, "preview"));
	}

	private static Counts countsOf(Document document) {
		Document counts = document.get("counts", Document.class);
		return new Counts(counts.getInteger("created"), counts.getInteger("updated"), counts.getInteger("unchanged"),
				counts.getInteger("rejected"), counts.getInteger("mails", 0));
	}

	private static Submission submission(Document document) {
		Document submitter = document.get("submitter", Document.class);
		return new Submission(Action.valueOf(document.getString("action")), document.getBoolean("dryRun"),
				document.getString("fileName"), document.getString("sha256"), document.getInteger("bytes"),
				new Submitter(UUID.fromString(submitter.getString("accountId")), submitter.getString("username"),
						submitter.getString("role"), Set.copyOf(submitter.getList("organizations", String.class)),
						Set.copyOf(submitter.getList("districts", String.class)),
						Set.copyOf(submitter.getList("permissions", String.class))),
				required(document, "submittedAt"), document.getString("traceparent"),
				document.getString("idempotencyKey"), uuid(document, "previewOf"), uuid(document, "sameContentAs"));
	}

	static List<Document> outcomes(Map<Integer, Outcome> outcomes) {
		List<Document> documents = new ArrayList<>(outcomes.size());
		outcomes.forEach((record, outcome) -> documents.add(outcome(record, outcome)));
		return documents;
	}

	private static Document outcome(int record, Outcome outcome) {
		Document document = new Document("record", record);
		return switch (outcome) {
			case Outcome.Created(UUID account) -> document.append("kind", "created").append("accountId",
					account == null ? null : account.toString());
			case Outcome.Updated(UUID account, var changes, var sites) -> {
				document.append("kind", "updated").append("accountId", account.toString()).append("changes",
						changes.stream().map(change -> new Document("field", change.field())
								.append("before", change.before()).append("after", change.after())).toList());
				yield sites.isEmpty() ? document : document.append("credentialsSent", sites);
			}
			case Outcome.Unchanged(UUID account) -> document.append("kind", "unchanged").append("accountId",
					account.toString());
			case Outcome.Rejected(var notes) -> document.append("kind", "rejected").append("notes", notes.stream()
					.map(note -> new Document("field", note.field()).append("code", note.code())
							.append("message", note.message()))
					.toList());
		};
	}

	private static NavigableMap<Integer, Outcome> outcomes(Document document, String key) {
		NavigableMap<Integer, Outcome> outcomes = new TreeMap<>();
		for (Document outcome : document.getList(key, Document.class, List.of()))
			outcomes.put(outcome.getInteger("record"), outcome(outcome));
		return outcomes;
	}

	private static Outcome outcome(Document document) {
		String kind = document.getString("kind");
		String account = document.getString("accountId");
		return switch (kind) {
			case "created" -> new Outcome.Created(account == null ? null : UUID.fromString(account));
			case "updated" -> new Outcome.Updated(UUID.fromString(account), documents(document, "changes").stream()
					.map(change -> new Outcome.Change(change.getString("field"), change.getString("before"),
							change.getString("after")))
					.toList(), document.getList("credentialsSent", String.class, List.of()));
			case "unchanged" -> new Outcome.Unchanged(UUID.fromString(account));
			case "rejected" -> new Outcome.Rejected(documents(document, "notes").stream()
					.map(note -> new Note(note.getString("field"), note.getString("code"), note.getString("message")))
					.toList());
			default -> throw new IllegalStateException("unknown outcome " + kind);
		};
	}

	private static Collection<Document> documents(Document document, String key) {
		return document.getList(key, Document.class);
	}

	private static UUID id(Document document) {
		return UUID.fromString(document.getString("_id"));
	}

	private static @Nullable UUID uuid(Document document, String key) {
		String id = document.getString(key);
		return id == null ? null : UUID.fromString(id);
	}

	private static Instant required(Document document, String key) {
		return document.getDate(key).toInstant();
	}

	private static @Nullable Instant instant(Document document, String key) {
		Date date = document.getDate(key);
		return date == null ? null : date.toInstant();
	}
}
