package io.rollcall.imports.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;

/**
 * The long lists of an import as they are stored: an entry a row. By hand, for ten thousand entries mapped as records take a tenth
 * of a second at each batch of results, and these some milliseconds (ADR 31).
 */
final class RowDocuments {
	private RowDocuments() {}

	static Document rows(UUID id, UserFile file, Instant until) {
		return new Document("_id", id.toString()).append("until", Date.from(until)).append("header", file.header())
				.append("rows", file.records());
	}

	@SuppressWarnings("unchecked")
	static UserFile file(Document document) {
		return new UserFile(document.getList("header", String.class),
				(List<List<String>>) (List<?>) document.getList("rows", List.class));
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

	static NavigableMap<Integer, Outcome> outcomes(@Nullable List<Document> stored) {
		NavigableMap<Integer, Outcome> outcomes = new TreeMap<>();
		if (stored == null) return outcomes;
		for (Document outcome : stored)
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
}
