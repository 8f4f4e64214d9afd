package io.rollcall.user.confirmation.persistence;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;

import io.rollcall.user.account.Origin;
import io.rollcall.user.confirmation.Decision;
import io.rollcall.user.confirmation.FactRelay;
import io.rollcall.user.confirmation.Verdict;

/**
 * A decision as it is stored: one of each account in each confirmation, since both are its key.
 *
 * @param by the account that decided
 * @param clientId the program, or the site, that it did so with; absent for a form of the Portal
 * @param cause the request
 * @param outbox events not yet published
 */
@Document("confirmation-decisions")
record DecisionDocument(@MongoId String key, String confirmation, UUID account, Verdict verdict, Instant at, UUID by,
		@Nullable String clientId, String cause, long accountVersion, long version,
		@Nullable List<PendingPart> outbox) {
	static DecisionDocument of(Decision it, List<PendingPart> owed) {
		return new DecisionDocument(FactRelay.owner(it.confirmation(), it.account()), it.confirmation().toString(),
				it.account(), it.verdict(), it.at(), it.by().actorId(), it.by().clientId(), it.by().causeId(),
				it.accountVersion(), it.version(), owed);
	}

	Decision decision() {
		return new Decision(UUID.fromString(confirmation), account, version, verdict, at,
				new Origin.Request(cause, by, clientId, null), accountVersion);
	}
}
