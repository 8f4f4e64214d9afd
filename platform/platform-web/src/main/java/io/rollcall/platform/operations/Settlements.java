package io.rollcall.platform.operations;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

import io.rollcall.platform.persistence.DuplicateKeys;

/**
 * What became of dead letters, by whom and when: the audit. A letter is settled once, so its entry is made first, under the
 * letter's id, and is marked as done when the broker has the record; what a crash leaves in between is done by whoever asks
 * again.
 */
final class Settlements {
	enum Action {
		REPLAY, DISCARD;

		String code() {
			return name().toLowerCase(Locale.ROOT);
		}
	}

	/**
	 * @param by the account that asked
	 * @param doneAt null when it was asked for and a crash came in between
	 */
	record Settlement(String letter, String action, String by, Instant at, @Nullable Instant doneAt, String origin,
			String cause, @Nullable String type) {}

	private final MongoCollection<Document> collection;
	private final Clock clock;

	Settlements(MongoDatabase database, Clock clock) {
		this.collection = database.getCollection("dead-letter-settlements");
		this.clock = clock;
		collection.createIndex(Indexes.ascending("at"));
	}

	/** Enters {@code action} for each letter that is not settled yet; returns the ids of those whose turn it is now to be carried out. */
	Set<String> begin(Collection<DeadLetter> letters, Action action, String by) {
		if (letters.isEmpty()) return Set.of();
		Map<String, Document> entries = new LinkedHashMap<>();
		Date now = Date.from(clock.instant());
		letters.forEach(it -> entries.put(it.id(),
				new Document("_id", it.id()).append("action", action.code()).append("by", by).append("at", now)
						.append("origin", it.origin()).append("cause", it.cause()).append("type", it.type())));
		try {
			collection.insertMany(List.copyOf(entries.values()), new InsertManyOptions().ordered(false));
			return Set.copyOf(entries.keySet());
		} catch (MongoBulkWriteException e) {
			List<String> order = List.copyOf(entries.keySet());
			Set<String> begun = new HashSet<>(order);
			List<String> known = DuplicateKeys.in(e).stream().map(order::get).toList();
			known.forEach(begun::remove);
			for (Document entry : collection.find(Filters.in("_id", known))) {
				boolean unfinished = entry.get("doneAt") == null && action.code().equals(entry.getString("action"));
				if (unfinished) begun.add(entry.getString("_id"));
			}
			return begun;
		}
	}

	void done(Collection<String> letters) {
		if (letters.isEmpty()) return;
		collection.updateMany(Filters.in("_id", letters), Updates.set("doneAt", Date.from(clock.instant())));
	}

	/** Those of {@code letters} that are settled. */
	Set<String> settled(Collection<String> letters) {
		Set<String> settled = new HashSet<>();
		if (letters.isEmpty()) return settled;
		for (Document entry : collection.find(Filters.in("_id", letters)).projection(Projections.include("doneAt"))) {
			if (entry.get("doneAt") != null) settled.add(entry.getString("_id"));
		}
		return settled;
	}

	/** Newest first. */
	List<Settlement> page(int page, int size) {
		List<Settlement> found = new ArrayList<>();
		for (Document entry : collection.find().sort(Sorts.descending("at")).skip(page * size).limit(size)) {
			Date done = entry.getDate("doneAt");
			found.add(new Settlement(entry.getString("_id"), entry.getString("action"), entry.getString("by"),
					entry.getDate("at").toInstant(), done == null ? null : done.toInstant(), entry.getString("origin"),
					entry.getString("cause"), entry.getString("type")));
		}
		return found;
	}

	long count() {
		return collection.countDocuments();
	}
}
