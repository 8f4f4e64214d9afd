package io.rollcall.organization.persistence;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Repository;

import io.rollcall.organization.Level;
import io.rollcall.organization.Organization;
import io.rollcall.organization.OrganizationRepository;
import io.rollcall.organization.Revision;

@Repository
class MongoOrganizations implements OrganizationRepository {
	private static final int BATCH = 500;
	private static final String STATE_ID = "list";

	private final MongoCollection<Document> organizations;
	private final MongoCollection<Document> state;

	MongoOrganizations(MongoDatabase database) {
		organizations = database.getCollection("organizations");
		state = database.getCollection("directory");
	}

	@Override
	public Optional<State> state() {
		return Optional.ofNullable(state.find(Filters.eq(STATE_ID)).first())
				.map(found -> new State(LocalDate.parse(found.getString("asOf")), number(found, "loads")));
	}

	@Override
	public List<Revision> all() {
		return revisions(Filters.empty());
	}

	@Override
	public void save(List<Revision> changes) {
		for (List<Revision> batch : batches(changes.stream().filter(change -> change.number() == 1).toList())) {
			insert(batch.stream().map(MongoOrganizations::document).toList());
		}
		for (List<Revision> batch : batches(changes.stream().filter(change -> change.number() > 1).toList())) {
			List<WriteModel<Document>> updates = new ArrayList<>();
			for (Revision change : batch) {
				updates.add(new UpdateOneModel<>(new Document("_id", change.code()).append("revision",
						change.number() - 1), new Document("$set", content(change))));
			}
			organizations.bulkWrite(updates, new BulkWriteOptions().ordered(false));
		}
	}

	private void insert(List<Document> documents) {
		try {
			organizations.insertMany(documents, new InsertManyOptions().ordered(false));
		} catch (MongoBulkWriteException e) {
			// Another instance starts at the same moment with the same list.
			boolean onlyDuplicates = e.getWriteConcernError() == null && e.getWriteErrors().stream()
					.allMatch(error -> error.getCategory() == ErrorCategory.DUPLICATE_KEY);
			if (!onlyDuplicates) throw e;
		}
	}

	@Override
	public void loaded(LocalDate asOf) {
		// An ISO date's order is its text's, so $max keeps the later day.
		state.updateOne(Filters.eq(STATE_ID),
				Updates.combine(Updates.inc("loads", 1L), Updates.max("asOf", asOf.toString())),
				new UpdateOptions().upsert(true));
	}

	@Override
	public List<Revision> unannounced() {
		return revisions(Filters.expr(Document.parse("{$lt: ['$announced', '$revision']}")));
	}

	@Override
	public void announced(List<Revision> revisions) {
		for (List<Revision> batch : batches(revisions)) {
			Map<String, Long> present = new HashMap<>();
			organizations.find(Filters.in("_id", batch.stream().map(Revision::code).toList()))
					.projection(Projections.include("revision"))
					.forEach(found -> present.put(found.getString("_id"), number(found, "revision")));
			List<WriteModel<Document>> marks = new ArrayList<>();
			for (Revision revision : batch) {
				Long latest = present.get(revision.code());
				boolean overtaken = latest != null && latest > revision.number();
				marks.add(new UpdateOneModel<>(Filters.eq(revision.code()),
						overtaken ? Updates.set("announced", 0L) : Updates.max("announced", revision.number())));
			}
			organizations.bulkWrite(marks, new BulkWriteOptions().ordered(false));
		}
	}

	private List<Revision> revisions(Bson filter) {
		return organizations.find(filter).map(MongoOrganizations::revision).into(new ArrayList<>());
	}

	private static Document document(Revision first) {
		var document = new Document("_id", first.code()).append("announced", 0L);
		document.putAll(content(first));
		return document;
	}

	private static <T> List<List<T>> batches(List<T> all) {
		List<List<T>> batches = new ArrayList<>();
		for (int from = 0; from < all.size(); from += BATCH)
			batches.add(all.subList(from, Math.min(from + BATCH, all.size())));
		return batches;
	}

	private static Document content(Revision revision) {
		Organization organization = revision.organization();
		return new Document("revision", revision.number()).append("since", Date.from(revision.since()))
				.append("name", organization.name())
				.append("level", organization.level().name().toLowerCase(Locale.ROOT))
				.append("type", organization.type()).append("town", organization.town())
				.append("parent", organization.parent()).append("closed", organization.closed());
	}

	private static Revision revision(Document found) {
		return new Revision(
				new Organization(found.getString("_id"), found.getString("name"),
						Level.valueOf(found.getString("level").toUpperCase(Locale.ROOT)), found.getString("type"),
						found.getString("town"), found.getString("parent"), found.getBoolean("closed", false)),
				number(found, "revision"), found.getDate("since").toInstant());
	}

	private static long number(Document found, String field) {
		return found.get(field, Number.class).longValue();
	}
}
