package io.rollcall.user.history.persistence;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.support.PageableExecutionUtils;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Inserts;
import io.rollcall.user.history.Entries;
import io.rollcall.user.history.Entry;

import static org.springframework.data.mongodb.core.query.Criteria.where;

@Repository
class MongoEntries implements Entries {
	private static final Sort NEWEST_FIRST = Sort.by(Sort.Direction.DESC, "version", "step", "at");

	private final MongoTemplate mongo;

	MongoEntries(MongoTemplate mongo) {
		this.mongo = mongo;
		mongo.indexOps(EntryDocument.class).createIndex(new Index().on("accountId", Sort.Direction.ASC)
				.on("version", Sort.Direction.DESC).on("step", Sort.Direction.DESC));
		mongo.indexOps(EntryDocument.class).createIndex(new Index().on("importId", Sort.Direction.ASC).sparse());
	}

	@Override
	public void add(Collection<Entry> entries) {
		Inserts.ofNew(mongo, EntryDocument.class, entries.stream().map(EntryDocument::of).toList());
	}

	@Override
	public Changed changedBy(UUID importId) {
		List<EntryDocument> found = mongo.find(new Query(where(EntryDocument::importId).is(importId)),
				EntryDocument.class);
		return new Changed(found.isEmpty() ? null : found.getFirst().by(),
				found.stream().map(EntryDocument::accountId).collect(Collectors.toUnmodifiableSet()));
	}

	@Override
	public Page of(UUID account, int page, int size) {
		Query ofAccount = new Query(where(EntryDocument::accountId).is(account));
		var wanted = PageRequest.of(page, size, NEWEST_FIRST);
		List<Entry> entries = mongo.find(Query.of(ofAccount).with(wanted), EntryDocument.class).stream()
				.map(EntryDocument::entry).toList();
		long total = PageableExecutionUtils
				.getPage(entries, wanted, () -> mongo.count(ofAccount, EntryDocument.class)).getTotalElements();
		return new Page(entries, Math.toIntExact(total));
	}
}
