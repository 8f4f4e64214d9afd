package io.rollcall.user.apiclient.persistence;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.stereotype.Component;

import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.account.Origin;
import io.rollcall.user.credential.ApiClient;

/**
 * Takes over the clients that lie in a collection of their own, as they did before accounts held them (ADR 27): each with the
 * mail and the entry in the history that nobody had then. It is done before the service takes requests, and may be done again
 * after a crash anywhere in between. What was taken over is deleted.
 */
@Component
class ApiClientsOfBefore implements SmartInitializingSingleton {
	private static final Logger LOG = LoggerFactory.getLogger(ApiClientsOfBefore.class);

	@Document("api-clients")
	record Stored(@MongoId UUID account, List<ClientPart> clients) {
		record ClientPart(String clientId, String name, String sha256, Instant createdAt, @Nullable Instant lastUsedAt,
				@Nullable Instant revokedAt) {
			ApiClient client() {
				return new ApiClient(clientId, name, sha256, Set.of(), createdAt, null, revokedAt);
			}
		}
	}

	private final MongoTemplate mongo;
	private final AccountRepository accounts;
	private final Clock clock;

	ApiClientsOfBefore(MongoTemplate mongo, AccountRepository accounts, Clock clock) {
		this.mongo = mongo;
		this.accounts = accounts;
		this.clock = clock;
	}

	@Override
	public void afterSingletonsInstantiated() {
		for (Stored owner : mongo.findAll(Stored.class)) {
			while (!takenOver(owner)) {
				// Somebody else has stored the account meanwhile.
			}
			mongo.remove(owner);
			LOG.info("{} API clients are in their account now", owner.clients().size());
		}
	}

	private boolean takenOver(Stored owner) {
		Account account = accounts.find(owner.account()).orElse(null);
		if (account == null) return true;
		// The newest stands first.
		for (Stored.ClientPart part : owner.clients().reversed()) {
			ApiClient client = part.client();
			if (account.apiClients().find(client.clientId()).isPresent()) continue;
			var cause = new Origin.System("api-client/" + client.clientId());
			account.addApiClient(account.isActive() ? client : client.revoked(clock.instant()), cause, clock.instant());
		}
		if (!accounts.save(account.isChanged() ? List.of(account) : List.of()).isEmpty()) return false;
		for (Stored.ClientPart part : owner.clients())
			if (part.lastUsedAt() != null) accounts.noteUse(part.client(), part.lastUsedAt());
		return true;
	}
}
