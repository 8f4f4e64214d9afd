package io.rollcall.user.account.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.PushOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.Updates;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.springframework.stereotype.Repository;

import io.rollcall.contracts.Topics;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.EventEncoding;
import io.rollcall.user.account.Outbox;
import io.rollcall.user.account.StoredAccounts;
import io.rollcall.user.account.profile.Username;
import io.rollcall.user.credential.ApiClient;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Projections.include;

/**
 * Accounts and their outbox in one collection. A write is guarded by the version that was read; the username is the key, so
 * there is no second account of a name whoever else writes at the same moment.
 */
@Repository
class MongoAccounts implements AccountRepository, Outbox {
	private static final int DUPLICATE_KEY = 11000;
	private static final List<String> OWED_ON = List.of(Topics.USER_EVENTS, Topics.CREDENTIAL_EVENTS);

	private final MongoCollection<Document> accounts;
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
	MongoAccounts(MongoDatabase database, EventEncoding encoding, StoredAccounts stored) {
		this.stored = stored::onStored;
		this.accounts = database.getCollection("accounts");
		this.encoding = encoding;
		accounts.createIndex(Indexes.ascending("accountId"), new IndexOptions().unique(true));
		// Holds only the accounts that owe something, which is next to none.
		accounts.createIndex(Indexes.ascending("outbox.topic"), new IndexOptions().sparse(true));
	}

	@Override
	public Map<Username, Account> findByUsername(Collection<Username> usernames) {
		return find(in("_id", usernames.stream().map(Username::key).toList()), usernames,
				account -> account.profile().username());
	}

	@Override
	public Map<UUID, Account> findById(Collection<UUID> ids) {
		return find(in("accountId", ids), ids, Account::id);
	}

	private <K> Map<K, Account> find(Bson filter, Collection<K> wanted, Function<Account, K> key) {
		Map<K, Account> found = new HashMap<>();
		if (wanted.isEmpty()) return found;
		for (Document document : accounts.find(filter).projection(exclude("outbox"))) {
			Account account = AccountDocuments.read(document);
			found.put(key.apply(account), account);
		}
		return found;
	}

	@Override
	public void forEach(Consumer<Account> action) {
		for (Document document : accounts.find().projection(exclude("outbox", "applied"))) {
			action.accept(AccountDocuments.read(document));
		}
	}

	@Override
	public Set<String> issues() {
		Set<String> issues = new HashSet<>();
		for (Document document : accounts.find().projection(include("issue"))) {
			String issue = document.getString("issue");
			if (issue != null) issues.add(issue);
		}
		return issues;
	}

	@Override
	public Set<Username> save(Collection<Account> changed) {
		if (changed.isEmpty()) return Set.of();
		List<Account> order = List.copyOf(changed);
		Map<String, List<Pending>> made = new HashMap<>();
		List<WriteModel<Document>> writes = order.stream().map(account -> write(account, made)).toList();
		Set<Username> lost = new HashSet<>();
		BulkWriteResult result;
		try {
			result = accounts.bulkWrite(writes, new BulkWriteOptions().ordered(false));
		} catch (MongoBulkWriteException e) {
			for (BulkWriteError error : e.getWriteErrors()) {
				if (error.getCode() != DUPLICATE_KEY) throw e;
				lost.add(order.get(error.getIndex()).profile().username());
			}
			if (e.getWriteConcernError() != null) throw e;
			result = e.getWriteResult();
		}
		// The result counts the updates that met their version, but does not say which; so all of them are looked at again.
		List<Account> updated = order.stream().filter(account -> !account.isNew()).toList();
		if (result.getMatchedCount() < updated.size()) updated.forEach(it -> lost.add(it.profile().username()));
		for (Account account : order) {
			if (lost.contains(account.profile().username())) continue;
			String key = account.profile().username().key();
			List<Pending> owed = made.get(key);
			if (owed != null) justMade.put(key, owed);
			stored.accept(account);
		}
		return lost;
	}

	/** @param made takes what a new account owes, which is all that stands in its outbox */
	private WriteModel<Document> write(Account account, Map<String, List<Pending>> made) {
		String key = account.profile().username().key();
		List<CloudEvent> encoded = account.events().stream().map(event -> encoding.encode(account, event)).toList();
		List<Document> events = encoded.stream().map(AccountDocuments::pending).toList();
		List<Document> applied = account.newlyApplied().stream().map(AccountDocuments::applied).toList();
		Document state = AccountDocuments.state(account);
		if (account.isNew()) {
			made.put(key, encoded.stream().map(event -> new Pending(key, event)).toList());
			var document = new Document("_id", key);
			document.putAll(state);
			return new InsertOneModel<>(document.append("applied", applied).append("outbox", events));
		}
		List<Bson> updates = new ArrayList<>(List.of(new Document("$set", state), Updates.pushEach("outbox", events),
				Updates.pushEach("applied", applied, new PushOptions().slice(-Account.APPLIED_KEPT))));
		account.forgottenClients().forEach(it -> updates.add(Updates.unset(use(it))));
		return new UpdateOneModel<>(and(eq("_id", key), eq("version", account.storedVersion())),
				Updates.combine(updates));
	}

	@Override
	public void noteUse(ApiClient client, Instant at) {
		ApiClient.owner(client.clientId()).ifPresent(
				owner -> accounts.updateOne(eq("accountId", owner), Updates.max(use(client), Date.from(at))));
	}

	private static String use(ApiClient client) {
		return AccountDocuments.USES + "." + client.number();
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
		if (!unknown.isEmpty()) owed.addAll(pending(in("_id", unknown), unknown.size()));
		return owed;
	}

	@Override
	public List<Pending> since(Instant time, int limit) {
		// By topic, not by time, the index is asked: whoever owes anything is found, and they are few.
		return pending(and(in("outbox.topic", OWED_ON), lt("outbox.time", Date.from(time))), limit);
	}

	private List<Pending> pending(Bson filter, int limit) {
		List<Pending> pending = new ArrayList<>();
		for (Document document : accounts.find(filter).projection(include("outbox")).limit(limit)) {
			for (Document event : document.getList("outbox", Document.class)) {
				pending.add(new Pending(document.getString("_id"), AccountDocuments.pending(event)));
			}
		}
		return pending;
	}

	@Override
	public void strike(Collection<Pending> published) {
		if (published.isEmpty()) return;
		Map<String, List<String>> byAccount = published.stream().collect(Collectors.groupingBy(Pending::accountKey,
				Collectors.mapping(pending -> pending.event().id(), Collectors.toList())));
		List<UpdateOneModel<Document>> writes = byAccount.entrySet().stream().map(entry -> new UpdateOneModel<Document>(
				eq("_id", entry.getKey()), Updates.pull("outbox", in("id", entry.getValue())))).toList();
		accounts.bulkWrite(writes, new BulkWriteOptions().ordered(false));
	}
}
