package io.rollcall.user.row.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Inserts;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.row.Decisions;
import io.rollcall.user.row.Outcome;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/** One small document a rejected or unchanged row, kept as long as its command may stand on the topic. */
@Repository
class MongoDecisions implements Decisions {
	private static final Duration KEPT = Duration.ofDays(60);

	/**
	 * @param unchanged the account of which the row changed nothing
	 * @param faults absent with it
	 */
	@Document("row-decisions")
	record Stored(@MongoId String commandId, @Nullable UUID unchanged, @Nullable List<Fault> faults, Instant at) {
		static Stored of(String commandId, Outcome outcome, Instant at) {
			return switch (outcome) {
				case Outcome.Unchanged(UUID accountId) -> new Stored(commandId, accountId, null, at);
				case Outcome.Rejected(List<Fault> faults) -> new Stored(commandId, null, faults, at);
				case Outcome.Created _,Outcome.Updated _ ->
					throw new IllegalArgumentException("the account itself remembers this");
			};
		}

		Outcome outcome() {
			if (unchanged != null) return new Outcome.Unchanged(unchanged);
			return new Outcome.Rejected(faults == null ? List.of() : faults);
		}
	}

	private final MongoTemplate mongo;
	private final Clock clock;

	MongoDecisions(MongoTemplate mongo, Retention retention, Clock clock) {
		this.mongo = mongo;
		this.clock = clock;
		retention.keep("row-decisions", "at", KEPT);
	}

	@Override
	public Map<String, Outcome> find(Collection<String> commandIds) {
		Map<String, Outcome> found = new HashMap<>();
		if (commandIds.isEmpty()) return found;
		mongo.find(new Query(where(Stored::commandId).in(commandIds)), Stored.class)
				.forEach(it -> found.put(it.commandId(), it.outcome()));
		return found;
	}

	/** The first decision stays. */
	@Override
	public void remember(Map<String, Outcome> outcomes) {
		Instant now = clock.instant();
		Inserts.ofNew(mongo, Stored.class, outcomes.entrySet().stream()
				.map(entry -> Stored.of(entry.getKey(), entry.getValue(), now)).toList());
	}
}
