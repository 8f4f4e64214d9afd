package io.rollcall.user.confirmation.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

import io.rollcall.contracts.Topics;
import io.rollcall.user.outbox.Owing;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/** What confirmations and decisions owe, by the keys of their documents: one with a slash in it is a decision's. */
@Repository
class MongoFacts implements Owing<String> {
	private static final List<Class<?>> KINDS = List.of(ConfirmationDocument.class, DecisionDocument.class);

	private record Owed(@MongoId String key, List<PendingPart> outbox) {
		Stream<Pending> pending() {
			return outbox.stream().map(it -> new Pending(key, it.event()));
		}
	}

	private final MongoTemplate mongo;

	MongoFacts(MongoTemplate mongo) {
		this.mongo = mongo;
		// Holds only those that owe something, which is next to none.
		KINDS.forEach(it -> mongo.indexOps(it).createIndex(new Index("outbox.topic", Sort.Direction.ASC).sparse()));
	}

	private static Class<?> kindOf(String key) {
		return key.indexOf('/') < 0 ? ConfirmationDocument.class : DecisionDocument.class;
	}

	@Override
	public List<Pending> of(Collection<String> owners) {
		Map<Class<?>, List<String>> byKind = owners.stream().collect(Collectors.groupingBy(MongoFacts::kindOf));
		List<Pending> owed = new ArrayList<>();
		KINDS.forEach(kind -> {
			List<String> keys = byKind.getOrDefault(kind, List.of());
			if (!keys.isEmpty()) owed.addAll(pending(kind, where("_id").in(keys), keys.size()));
		});
		return owed;
	}

	@Override
	public List<Pending> since(Instant time, int limit) {
		// By topic, not by time, the index is asked: whoever owes anything is found, and they are few.
		Criteria late = where("outbox.topic").is(Topics.CONFIRMATION_EVENTS).and("outbox.time").lt(time);
		return KINDS.stream().flatMap(kind -> pending(kind, late, limit).stream()).toList();
	}

	private List<Pending> pending(Class<?> kind, Criteria filter, int limit) {
		return mongo.query(kind).as(Owed.class).matching(new Query(filter).limit(limit)).all().stream()
				.flatMap(Owed::pending).toList();
	}

	@Override
	public void strike(Collection<Pending> published) {
		Map<String, List<String>> byOwner = published.stream().collect(Collectors.groupingBy(Pending::owner,
				Collectors.mapping(pending -> pending.event().id(), Collectors.toList())));
		KINDS.forEach(kind -> {
			BulkOperations writes = mongo.bulkOps(BulkMode.UNORDERED, kind);
			byOwner.forEach((key, ids) -> {
				if (kindOf(key).equals(kind))
					writes.updateOne(new Query(where("_id").is(key)),
							new Update().pull("outbox", new Query(where(PendingPart::eventId).in(ids))));
			});
			if (byOwner.keySet().stream().anyMatch(key -> kindOf(key).equals(kind))) writes.execute();
		});
	}
}
