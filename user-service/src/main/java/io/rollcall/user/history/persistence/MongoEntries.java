package io.rollcall.user.history.persistence;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Total;
import io.rollcall.user.account.profile.Field;
import io.rollcall.user.history.Entries;
import io.rollcall.user.history.Entry;

import static com.mongodb.client.model.Filters.eq;

/** {@code history}: inserted once, never changed, never deleted. {@code step} orders what happened in one version. */
@Repository
class MongoEntries implements Entries {
	private static final int DUPLICATE_KEY = 11000;

	private final MongoCollection<Document> history;

	MongoEntries(MongoDatabase database) {
		this.history = database.getCollection("history");
		history.createIndex(Indexes.compoundIndex(Indexes.ascending("accountId"),
				Indexes.descending("version", "step")));
	}

	@Override
	public void add(Collection<Entry> entries) {
		if (entries.isEmpty()) return;
		try {
			history.insertMany(entries.stream().map(MongoEntries::document).toList(),
					new InsertManyOptions().ordered(false));
		} catch (MongoBulkWriteException e) {
			if (e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)
					|| e.getWriteConcernError() != null) {
				throw e;
			}
		}
	}

	@Override
	public Page of(UUID account, int page, int size) {
		Bson filter = eq("accountId", account);
		List<Entry> entries = new ArrayList<>();
		for (Document document : history.find(filter).sort(Sorts.descending("version", "step")).skip(page * size)
				.limit(size)) {
			entries.add(entry(document));
		}
		return new Page(entries,
				Math.toIntExact(Total.with(entries, page, size, () -> history.countDocuments(filter))));
	}

	private static Document document(Entry entry) {
		Entry.By by = entry.by();
		return new Document("_id", entry.id()).append("accountId", entry.accountId()).append("version", entry.version())
				.append("step", entry.what().ordinal()).append("what", entry.what().name())
				.append("at", Date.from(entry.at())).append("way", by.way()).append("by", by.accountId())
				.append("importId", by.importId()).append("recordNumber", by.recordNumber())
				.append("clientId", by.clientId()).append("sites", entry.sites())
				.append("changes", entry.changes().stream().map(it -> new Document("field", it.field().name())
						.append("before", it.before()).append("after", it.after())).toList())
				.append("apiClients", entry.apiClients().stream()
						.map(it -> new Document("clientId", it.clientId()).append("name", it.name())).toList());
	}

	private static Entry entry(Document document) {
		var by = new Entry.By(document.getString("way"), document.get("by", UUID.class),
				document.get("importId", UUID.class), document.getInteger("recordNumber"),
				document.getString("clientId"));
		return new Entry(document.getString("_id"), document.get("accountId", UUID.class), document.getLong("version"),
				Entry.What.valueOf(document.getString("what")), document.getDate("at").toInstant(), by,
				document.getList("changes", Document.class).stream()
						.map(it -> new Entry.Change(Field.valueOf(it.getString("field")), it.getString("before"),
								it.getString("after")))
						.toList(),
				document.getList("sites", String.class),
				document.getList("apiClients", Document.class, List.of()).stream()
						.map(it -> new Entry.Client(it.getString("clientId"), it.getString("name"))).toList());
	}
}
