package io.rollcall.user.account.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.index.IndexOperations;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

import io.rollcall.contracts.Topics;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.persistence.DuplicateKeys;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.EventEncoding;
import io.rollcall.user.account.Memory;
import io.rollcall.user.account.Outbox;
import io.rollcall.user.account.StoredAccounts;
import io.rollcall.user.account.persistence.AccountDocument.PendingPart;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.ApiClient;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static org.springframework.data.mongodb.core.query.Criteria.where;

/**
 * Accounts and their outbox in one collection. A write is guarded by the version that was read; the username is the key, so
 * there is no second account of a name whoever else writes at the same moment.
 */
@Repository
class MongoAccounts implements AccountRepository, Outbox {
	private static final List<String> OWED_ON = List.of(Topics.USER_EVENTS, Topics.CREDENTIAL_EVENTS);

	private record Issue(@Nullable String issue) {}

	private record Owed(@MongoId String key, List<PendingPart> outbox) {
		Stream<Pending> pending() {
			return outbox.stream().map(it -> new Pending(key, it.event()));
		}
	}

	private final MongoTemplate mongo;
	/**
	 * What accounts that were just made here owe, by key: it is relayed next, and need not be read back for that. Gone after the
	 * first asking; whoever asks again reads.
	 */
	private final Cache<String, List<Pending>> justMade = Caffeine.newBuilder().maximumSize(5_000)
			.expireAfterWrite(Duration.ofSeconds(10))
			// Its upkeep is nothing; handing it to another thread wakes one for nearly every account.
			.executor(Runnable::run).build();
	private final EventEncoding encoding;
	private final Consumer<Account> stored;

	/** @param stored is told of each account that was stored here */
	MongoAccounts(MongoTemplate mongo, EventEncoding encoding, StoredAccounts stored) {
		this.stored = stored::onStored;
		this.mongo = mongo;
		this.encoding = encoding;
		IndexOperations accounts = mongo.indexOps(AccountDocument.class);
		accounts.createIndex(new Index("accountId", Sort.Direction.ASC).unique());
		// Holds only the accounts that owe something, which is next to none.
		accounts.createIndex(new Index("outbox.topic", Sort.Direction.ASC).sparse());
	}

	@Override
	public Map<Username, Account> findByUsername(Collection<Username> usernames) {
		return find(where(AccountDocument::key).in(usernames.stream().map(Username::key).toList()), usernames,
				account -> account.profile().username());
	}

	@Override
	public Map<UUID, Account> findById(Collection<UUID> ids) {
		return find(where(AccountDocument::accountId).in(ids), ids, Account::id);
	}

	private <K> Map<K, Account> find(Criteria filter, Collection<K> wanted, Function<Account, K> key) {
		if (wanted.isEmpty()) return new HashMap<>();
		Query query = new Query(filter);
		query.fields().exclude("outbox");
		return mongo.find(query, AccountDocument.class).stream().map(AccountDocument::account)
				.collect(Collectors.toMap(key, Function.identity()));
	}

	@Override
	public void forEach(Consumer<Account> action) {
		Query all = new Query();
		all.fields().exclude("outbox", "applied");
		try (Stream<AccountDocument> accounts = mongo.stream(all, AccountDocument.class)) {
			accounts.map(AccountDocument::account).forEach(action);
		}
	}

	@Override
	public Set<String> issues() {
		try (Stream<Issue> issues = mongo.query(AccountDocument.class).as(Issue.class).stream()) {
			return issues.map(Issue::issue).filter(Objects::nonNull).collect(Collectors.toSet());
		}
	}

	/**
	 * By the driver, but for the conversion: Spring Data maps an update once more, path by path, at three times the time and eight
	 * times the memory of the write (ADR 31).
	 */
	@Override
	public Set<Username> save(Collection<Account> changed) {
		if (changed.isEmpty()) return Set.of();
		List<Account> order = List.copyOf(changed);
		Map<String, List<Pending>> made = new HashMap<>();
		List<WriteModel<Document>> writes = order.stream().map(account -> write(account, made)).toList();
		Set<Username> lost = new HashSet<>();
		BulkWriteResult result;
		try {
			result = mongo.getCollection("accounts").bulkWrite(writes, new BulkWriteOptions().ordered(false));
		} catch (MongoBulkWriteException e) {
			DuplicateKeys.in(e).forEach(position -> lost.add(order.get(position).profile().username()));
			result = e.getWriteResult();
		}
		// The result counts the updates that met their version, but does not say which; so all of them are looked at again.
		List<Account> updated = order.stream().filter(account -> account.storedVersion() > 0).toList();
		if (result.getMatchedCount() < updated.size()) updated.forEach(it -> lost.add(it.profile().username()));
		for (Account account : order) {
			if (lost.contains(account.profile().username())) continue;
			String key = account.profile().username().key();
			List<Pending> owed = made.get(key);
			if (owed == null) {
				justMade.asMap().remove(key); // it owes more by now than it was made with
			} else {
				justMade.put(key, owed);
			}
			stored.accept(account);
		}
		return lost;
	}

	/** @param made takes what a new account owes, which is all that stands in its outbox */
	private WriteModel<Document> write(Account account, Map<String, List<Pending>> made) {
		String key = account.profile().username().key();
		List<CloudEvent> encoded = account.events().stream().map(event -> encoding.encode(account, event)).toList();
		var document = new Document();
		mongo.getConverter().write(AccountDocument.of(account, encoded), document);
		if (account.storedVersion() == 0) {
			made.put(key, encoded.stream().map(event -> new Pending(key, event)).toList());
			return new InsertOneModel<>(document);
		}
		document.remove("_id");
		List<Document> events = taken(document, "outbox");
		List<Document> applied = taken(document, "applied");
		List<Bson> updates = new ArrayList<>(List.of(new Document("$set", document), Updates.pushEach("outbox", events),
				Updates.pushEach("applied", applied, new PushOptions().slice(-Memory.APPLIED_KEPT))));
		account.apiClients().forgotten().forEach(it -> updates.add(Updates.unset(use(it))));
		return new UpdateOneModel<>(and(eq("_id", key), eq("version", account.storedVersion())),
				Updates.combine(updates));
	}

	private static List<Document> taken(Document document, String field) {
		List<Document> list = document.getList(field, Document.class);
		document.remove(field);
		return list;
	}

	@Override
	public void noteUse(ApiClient client, Instant at) {
		ApiClient.owner(client.clientId())
				.ifPresent(owner -> mongo.update(AccountDocument.class)
						.matching(where(AccountDocument::accountId).is(owner))
						.apply(new Update().max(use(client), at)).first());
	}

	private static String use(ApiClient client) {
		return "apiClientUses." + client.number();
	}

	@Override
	public List<Pending> of(Collection<Username> usernames) {
		List<Pending> owed = new ArrayList<>();
		List<String> unknown = new ArrayList<>();
		for (Username username : usernames) {
			List<Pending> made = justMade.asMap().remove(username.key());
			if (made == null) {
				unknown.add(username.key());
			} else {
				owed.addAll(made);
			}
		}
		if (!unknown.isEmpty()) owed.addAll(pending(where(AccountDocument::key).in(unknown), unknown.size()));
		return owed;
	}

	@Override
	public List<Pending> since(Instant time, int limit) {
		// By topic, not by time, the index is asked: whoever owes anything is found, and they are few.
		return pending(where("outbox.topic").in(OWED_ON).and("outbox.time").lt(time), limit);
	}

	private List<Pending> pending(Criteria filter, int limit) {
		return mongo.query(AccountDocument.class).as(Owed.class).matching(new Query(filter).limit(limit)).all().stream()
				.flatMap(Owed::pending).toList();
	}

	@Override
	public void strike(Collection<Pending> published) {
		if (published.isEmpty()) return;
		Map<String, List<String>> byAccount = published.stream().collect(Collectors.groupingBy(Pending::owner,
				Collectors.mapping(pending -> pending.event().id(), Collectors.toList())));
		BulkOperations writes = mongo.bulkOps(BulkMode.UNORDERED, AccountDocument.class);
		byAccount.forEach((key, ids) -> writes.updateOne(new Query(where(AccountDocument::key).is(key)),
				new Update().pull("outbox", new Query(where(PendingPart::eventId).in(ids)))));
		writes.execute();
	}
}
