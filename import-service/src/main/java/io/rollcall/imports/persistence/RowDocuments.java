package io.rollcall.imports.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.bson.Document;
import org.jspecify.annotations.Nullable;

import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.Correction;
import io.rollcall.imports.file.UserFile;
import io.rollcall.imports.outcome.Note;
import io.rollcall.imports.outcome.Outcome;
import io.rollcall.imports.outcome.Undone;

/**
 * The long lists of an import as they are stored: an entry a row. By hand, for ten thousand entries mapped as records take a tenth
 * of a second at each batch of results, and these some milliseconds (ADR 31).
 */
final class RowDocuments {
	private RowDocuments() {}

	static Document rows(UUID id, UserFile file, Map<Integer, Undone> undone, Instant until) {
		Document document = new Document("_id", id.toString()).append("until", Date.from(until))
				.append("header", file.header()).append("rows", file.records());
		if (!file.surplus().isEmpty()) document.append("surplus", file.surplus().stream().sorted().toList());
		if (!file.corrections().isEmpty()) {
			document.append("corrections", file.corrections().entrySet().stream()
					.map(it -> correction(it.getKey(), it.getValue())).toList());
		}
		if (!undone.isEmpty()) {
			document.append("undone",
					undone.entrySet().stream().map(it -> undone(it.getKey(), it.getValue())).toList());
		}
		return document;
	}

	private static Document undone(int record, Undone undone) {
		return outcome(record, undone.outcome()).append("of", undone.recordNumber())
				.append("askedAt", Date.from(undone.askedAt())).append("evenIfUsed", undone.evenIfUsed());
	}

	/** Empty also when it is no undo. */
	static Map<Integer, Undone> undone(Document document) {
		Map<Integer, Undone> undone = new TreeMap<>();
		for (Document it : documents(document, "undone"))
			undone.put(it.getInteger("record"), new Undone(it.getInteger("of"), it.getDate("askedAt").toInstant(),
					outcome(it), it.getBoolean("evenIfUsed")));
		return undone;
	}

	private static Document correction(int record, Correction correction) {
		var cells = new Document();
		correction.cells().forEach((column, cell) -> cells.append(column.title(), cell));
		return new Document("record", record).append("cells", cells).append("by", correction.by()).append("at",
				Date.from(correction.at()));
	}

	@SuppressWarnings("unchecked")
	static UserFile file(Document document) {
		Map<Integer, Correction> corrections = new TreeMap<>();
		for (Document it : document.getList("corrections", Document.class, List.of()))
			corrections.put(it.getInteger("record"), correction(it));
		return new UserFile(document.getList("header", String.class),
				(List<List<String>>) (List<?>) document.getList("rows", List.class),
				Set.copyOf(document.getList("surplus", Integer.class, List.of())), corrections);
	}

	private static Correction correction(Document document) {
		Map<Column, String> cells = new EnumMap<>(Column.class);
		document.get("cells", Document.class)
				.forEach((title, cell) -> cells.put(Column.titled(title).orElseThrow(), (String) cell));
		return new Correction(cells, document.getString("by"), document.getDate("at").toInstant());
	}

	static List<Document> outcomes(Map<Integer, Outcome> outcomes) {
		List<Document> documents = new ArrayList<>(outcomes.size());
		outcomes.forEach((record, outcome) -> documents.add(outcome(record, outcome)));
		return documents;
	}

	private static Document outcome(int record, Outcome outcome) {
		Document document = new Document("record", record);
		Document ended = switch (outcome) {
			case Outcome.Created(UUID account, var _) -> document.append("kind", "created").append("accountId",
					account == null ? null : account.toString());
			case Outcome.Updated(UUID account, var changes, var sites, var _, var kept) -> {
				document.append("kind", "updated").append("accountId", account.toString()).append("changes",
						changes.stream().map(change -> new Document("field", change.field())
								.append("before", change.before()).append("after", change.after())).toList());
				if (!sites.isEmpty()) document.append("credentialsSent", sites);
				yield withKept(document, kept);
			}
			case Outcome.Unchanged(UUID account, var kept) ->
				withKept(document.append("kind", "unchanged").append("accountId", account.toString()), kept);
			case Outcome.Rejected(var notes) -> document.append("kind", "rejected").append("notes", notes(notes));
		};
		return outcome.warnings().isEmpty() ? ended : ended.append("warnings", notes(outcome.warnings()));
	}

	private static Document withKept(Document document, List<Note> kept) {
		return kept.isEmpty() ? document : document.append("kept", notes(kept));
	}

	private static List<Document> notes(List<Note> notes) {
		return notes.stream().map(note -> new Document("field", note.field()).append("code", note.code())
				.append("message", note.message())).toList();
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
			case "created" ->
				new Outcome.Created(account == null ? null : UUID.fromString(account), notes(document, "warnings"));
			case "updated" -> new Outcome.Updated(UUID.fromString(account), documents(document, "changes").stream()
					.map(change -> new Outcome.Change(change.getString("field"), change.getString("before"),
							change.getString("after")))
					.toList(), document.getList("credentialsSent", String.class, List.of()),
					notes(document, "warnings"), notes(document, "kept"));
			case "unchanged" -> new Outcome.Unchanged(UUID.fromString(account), notes(document, "kept"));
			case "rejected" -> new Outcome.Rejected(notes(document, "notes"));
			default -> throw new IllegalStateException("unknown outcome " + kind);
		};
	}

	private static List<Note> notes(Document document, String key) {
		return documents(document, key).stream()
				.map(note -> new Note(note.getString("field"), note.getString("code"), note.getString("message")))
				.toList();
	}

	/** Empty also when there are none. */
	private static Collection<Document> documents(Document document, String key) {
		return document.getList(key, Document.class, List.of());
	}
}
