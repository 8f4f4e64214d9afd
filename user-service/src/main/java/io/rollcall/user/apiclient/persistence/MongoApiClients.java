package io.rollcall.user.apiclient.persistence;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import io.rollcall.user.apiclient.ApiClient;
import io.rollcall.user.apiclient.ApiClients;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

/**
 * One document an account, with its clients in it, so that how many there may be is decided where they are written.
 *
 * <pre>{ _id: account, revision, clients: [{clientId, name, sha256, createdAt, lastUsedAt, revokedAt}] }</pre>
 */
@Repository
class MongoApiClients implements ApiClients {
	/** Revoked ones are kept for the record, but not without end. */
	private static final int REVOKED_KEPT = 20;

	private final MongoCollection<Document> owners;

	MongoApiClients(MongoDatabase database) {
		this.owners = database.getCollection("api-clients");
	}

	@Override
	public Optional<ApiClient> find(String clientId) {
		return ApiClient.owner(clientId).stream().flatMap(owner -> of(owner).stream())
				.filter(it -> it.clientId().equals(clientId)).findFirst();
	}

	@Override
	public List<ApiClient> of(UUID owner) {
		return read(owners.find(eq("_id", owner)).first());
	}

	@Override
	public boolean add(ApiClient client, int most) {
		return change(client.owner(), present -> {
			if (present.stream().anyMatch(it -> it.clientId().equals(client.clientId()))) return Optional.empty();
			List<ApiClient> active = present.stream().filter(it -> !it.isRevoked()).toList();
			if (active.size() >= most) return Optional.empty();
			Stream<ApiClient> revoked = present.stream().filter(ApiClient::isRevoked).limit(REVOKED_KEPT);
			return Optional.of(Stream.of(Stream.of(client), active.stream(), revoked).flatMap(it -> it).toList());
		});
	}

	@Override
	public void replace(String clientId, UnaryOperator<ApiClient> change) {
		ApiClient.owner(clientId).ifPresent(owner -> change(owner, present -> Optional.of(present.stream()
				.map(it -> it.clientId().equals(clientId) ? change.apply(it) : it).toList())));
	}

	/** Returns whether there was a change to make; it is made then, whoever else makes one at the same moment. */
	private boolean change(UUID owner, Function<List<ApiClient>, Optional<List<ApiClient>>> change) {
		while (true) {
			Document before = owners.find(eq("_id", owner)).first();
			Optional<List<ApiClient>> after = change.apply(read(before));
			if (after.isEmpty()) return false;
			if (stored(owner, before, after.get().stream().map(MongoApiClients::write).toList())) return true;
		}
	}

	private boolean stored(UUID owner, @Nullable Document before, List<Document> clients) {
		var document = new Document("_id", owner).append("clients", clients).append("revision",
				before == null ? 1L : before.getLong("revision") + 1);
		if (before != null) {
			return owners.replaceOne(and(eq("_id", owner), eq("revision", before.getLong("revision"))), document)
					.getMatchedCount() == 1;
		}
		try {
			owners.insertOne(document);
			return true;
		} catch (MongoWriteException e) {
			if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) throw e;
			return false;
		}
	}

	private static Document write(ApiClient client) {
		return new Document("clientId", client.clientId()).append("name", client.name())
				.append("sha256", client.secretSha256()).append("createdAt", Date.from(client.createdAt()))
				.append("lastUsedAt", date(client.lastUsedAt())).append("revokedAt", date(client.revokedAt()));
	}

	private static List<ApiClient> read(@Nullable Document owner) {
		if (owner == null) return List.of();
		return owner.getList("clients", Document.class).stream()
				.map(it -> new ApiClient(it.getString("clientId"), owner.get("_id", UUID.class), it.getString("name"),
						it.getString("sha256"), it.getDate("createdAt").toInstant(),
						instant(it.getDate("lastUsedAt")), instant(it.getDate("revokedAt"))))
				.toList();
	}

	private static @Nullable Date date(@Nullable Instant instant) {
		return instant == null ? null : Date.from(instant);
	}

	private static @Nullable Instant instant(@Nullable Date date) {
		return date == null ? null : date.toInstant();
	}
}
