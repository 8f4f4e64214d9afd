package io.rollcall.user.apiclient.persistence;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.credential.ApiClient;

import static com.mongodb.client.model.Filters.eq;

/**
 * Takes over the clients that lie in a collection of their own, as they did before accounts held them (ADR 27): each with the
 * mail and the entry in the history that nobody had then. It is done before the service takes requests, and may be done again
 * after a crash anywhere in between. What was taken over is deleted.
 *
 * <pre>{ _id: account, revision, clients: [{clientId, name, sha256, createdAt, lastUsedAt, revokedAt}] }, the newest first</pre>
 */
@Component
class ApiClientsOfBefore implements SmartInitializingSingleton {
	private static final Logger LOG = LoggerFactory.getLogger(ApiClientsOfBefore.class);

	private final MongoCollection<Document> owners;
	private final AccountRepository accounts;
	private final Clock clock;

	ApiClientsOfBefore(MongoDatabase database, AccountRepository accounts, Clock clock) {
		this.owners = database.getCollection("api-clients");
		this.accounts = accounts;
		this.clock = clock;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (Document owner : owners.find()) {
			UUID id = owner.get("_id", UUID.class);
			List<Document> clients = owner.getList("clients", Document.class);
			while (!takenOver(id, clients)) {
				// Somebody else has stored the account meanwhile.
			}
			owners.deleteOne(eq("_id", id));
			LOG.info("{} API clients are in their account now", clients.size());
		}
	}

	private boolean takenOver(UUID id, List<Document> clients) {
		Account account = accounts.find(id).orElse(null);
		if (account == null) return true;
		for (Document document : clients.reversed()) {
			ApiClient client = client(document);
			if (account.apiClient(client.clientId()).isPresent()) continue;
			var cause = new Origin.System("api-client/" + client.clientId());
			account.addApiClient(account.isActive() ? client : client.revoked(clock.instant()), cause, clock.instant());
		}
		if (!accounts.save(account.isChanged() ? List.of(account) : List.of()).isEmpty()) return false;
		for (Document document : clients) {
			Date used = document.getDate("lastUsedAt");
			if (used != null) accounts.noteUse(client(document), used.toInstant());
		}
		return true;
	}

	private static ApiClient client(Document document) {
		@Nullable
		Date revoked = document.getDate("revokedAt");
		return new ApiClient(document.getString("clientId"), document.getString("name"), document.getString("sha256"),
				document.getDate("createdAt").toInstant(), null, revoked == null ? null : revoked.toInstant());
	}
}
