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
import io.rollcall.user.account.Kept;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.account.profile.Field;
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
	 * @param kept absent but for an undo that left something as it was
	 */
	@Document("row-decisions")
	record Stored(@MongoId String commandId, @Nullable UUID unchanged, @Nullable List<Fault> faults,
			@Nullable List<KeptPart> kept, Instant at) {
		record KeptPart(Field field, String code, String message) {
			Kept kept() {
				return new Kept(field, code, message);
			}
		}

		static Stored of(String commandId, Outcome outcome, Instant at) {
			return switch (outcome) {
				case Outcome.Unchanged(UUID accountId, List<Kept> kept) ->
					new Stored(commandId, accountId, null, kept.isEmpty() ? null : parts(kept), at);
				case Outcome.Rejected(List<Fault> faults) -> new Stored(commandId, null, faults, null, at);
				case Outcome.Created _,Outcome.Updated _,Outcome.Deactivated _ ->
					throw new IllegalArgumentException("the account itself remembers this");
			};
		}

		private static List<KeptPart> parts(List<Kept> kept) {
			return kept.stream().map(it -> new KeptPart(it.field(), it.code(), it.message())).toList();
		}

		Outcome outcome() {
			if (unchanged != null) {
				return new Outcome.Unchanged(unchanged,
						kept == null ? List.of() : kept.stream().map(KeptPart::kept).toList());
			}
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
