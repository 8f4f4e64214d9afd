package io.rollcall.platform.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;

/** Where instances give their signs of life: a document a name, {@code {_id: name, holder, count}}, of which each differs from the last. */
public final class Leases {
	/** A sign of life as it stands. */
	record Sign(String name, String holder, Document document) {}

	private final MongoCollection<Document> leases;
	private final String holderField;
	private final Supplier<Document> besides;

	/** In {@code leases}. */
	public Leases(MongoDatabase database) {
		this(database.getCollection("leases"), "holder", Document::new);
	}

	/**
	 * @param holderField what the holder's field is called in that collection
	 * @param besides what else a sign of life says, for other readers
	 */
	public Leases(MongoCollection<Document> leases, String holderField, Supplier<Document> besides) {
		this.leases = leases;
		this.holderField = holderField;
		this.besides = besides;
	}

	Optional<Sign> read(String name) {
		return Optional.ofNullable(leases.find(Filters.eq(name)).first()).map(this::sign);
	}

	List<Sign> all() {
		return leases.find().map(this::sign).into(new ArrayList<>());
	}

	private Sign sign(Document document) {
		return new Sign(document.getString("_id"), document.getString(holderField), document);
	}

	/** @return false, and nothing changes, unless {@code seen} is what stands there, or nothing does and it is empty */
	boolean take(String name, Optional<Sign> seen, String holder) {
		if (seen.isPresent()) {
			return leases.updateOne(seen.get().document(), signOf(holder)).getMatchedCount() == 1;
		}
		try {
			Document first = besides.get().append("_id", name).append(holderField, holder).append("count", 1L);
			leases.insertOne(first);
			return true;
		} catch (MongoWriteException e) {
			if (DuplicateKeys.isOne(e.getError())) return false;
			throw e;
		}
	}

	/** Whoever has it. */
	void seize(String name, String holder) {
		leases.updateOne(Filters.eq(name), signOf(holder), new UpdateOptions().upsert(true));
	}

	/** @return false when {@code holder} has it no more */
	boolean renew(String name, String holder) {
		return leases.updateOne(of(name, holder), signOf(holder)).getMatchedCount() == 1;
	}

	void release(String name, String holder) {
		leases.deleteOne(of(name, holder));
	}

	private Bson of(String name, String holder) {
		return new Document("_id", name).append(holderField, holder);
	}

	private Bson signOf(String holder) {
		Document values = besides.get().append(holderField, holder);
		return Updates.combine(new Document("$set", values), Updates.inc("count", 1L));
	}
}
