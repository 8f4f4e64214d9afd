package io.rollcall.organization.persistence;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.BasicQuery;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

import io.rollcall.organization.OrganizationRepository;
import io.rollcall.organization.Revision;
import io.rollcall.platform.persistence.Inserts;

import static org.springframework.data.mongodb.core.query.Criteria.where;

@Repository
class MongoOrganizations implements OrganizationRepository {
	private static final int BATCH = 500;
	private static final String STATE_ID = "list";

	/** @param asOf a day in ISO's notation, whose order is its text's */
	@Document("directory")
	record StateDocument(@MongoId String id, String asOf, long loads) {}

	/** How far an organization is. */
	record Stand(@MongoId String code, long revision) {}

	private final MongoTemplate mongo;

	MongoOrganizations(MongoTemplate mongo) {
		this.mongo = mongo;
	}

	@Override
	public Optional<State> state() {
		return Optional.ofNullable(mongo.findById(STATE_ID, StateDocument.class))
				.map(it -> new State(LocalDate.parse(it.asOf()), it.loads()));
	}

	@Override
	public List<Revision> all() {
		return revisions(new Query());
	}

	@Override
	public void save(List<Revision> changes) {
		for (List<Revision> batch : batches(changes.stream().filter(change -> change.number() == 1).toList())) {
			// What is there already, another instance has stored that starts at the same moment with the same list.
			Inserts.ofNew(mongo, OrganizationDocument.class, batch.stream().map(OrganizationDocument::of).toList());
		}
		for (List<Revision> batch : batches(changes.stream().filter(change -> change.number() > 1).toList())) {
			BulkOperations updates = updates();
			batch.forEach(change -> updates.updateOne(
					new Query(where(OrganizationDocument::code).is(change.code()).and(OrganizationDocument::revision)
							.is(change.number() - 1)),
					OrganizationDocument.set(change)));
			updates.execute();
		}
	}

	private BulkOperations updates() {
		return mongo.bulkOps(BulkMode.UNORDERED, OrganizationDocument.class);
	}

	@Override
	public void loaded(LocalDate asOf) {
		mongo.update(StateDocument.class).matching(where(StateDocument::id).is(STATE_ID))
				.apply(new Update().inc(StateDocument::loads, 1L).max(StateDocument::asOf, asOf.toString())).upsert();
	}

	@Override
	public List<Revision> unannounced() {
		return revisions(new BasicQuery("{$expr: {$lt: ['$announced', '$revision']}}"));
	}

	@Override
	public void announced(List<Revision> revisions) {
		for (List<Revision> batch : batches(revisions)) {
			Map<String, Long> present = mongo.query(OrganizationDocument.class).as(Stand.class)
					.matching(where(OrganizationDocument::code).in(batch.stream().map(Revision::code).toList()))
					.all().stream().collect(Collectors.toMap(Stand::code, Stand::revision));
			BulkOperations marks = updates();
			for (Revision revision : batch) {
				Long latest = present.get(revision.code());
				boolean overtaken = latest != null && latest > revision.number();
				marks.updateOne(new Query(where(OrganizationDocument::code).is(revision.code())),
						overtaken
								? Update.update(OrganizationDocument::announced, 0L)
								: new Update().max(OrganizationDocument::announced, revision.number()));
			}
			marks.execute();
		}
	}

	private List<Revision> revisions(Query query) {
		return mongo.find(query, OrganizationDocument.class).stream().map(OrganizationDocument::latest).toList();
	}

	private static <T> List<List<T>> batches(List<T> all) {
		List<List<T>> batches = new ArrayList<>();
		for (int from = 0; from < all.size(); from += BATCH)
			batches.add(all.subList(from, Math.min(from + BATCH, all.size())));
		return batches;
	}
}
