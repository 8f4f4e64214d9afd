package io.rollcall.user.row.persistence;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.InsertManyOptions;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.account.profile.Fault;
import io.rollcall.user.row.Decisions;
import io.rollcall.user.row.Outcome;

import static com.mongodb.client.model.Filters.in;

/** {@code row-decisions}: one small document a rejected or unchanged row, kept as long as its command may stand on the topic. */
@Repository
class MongoDecisions implements Decisions {
	private static final int DUPLICATE_KEY = 11000;
	private static final Duration KEPT = Duration.ofDays(60);

	private final MongoCollection<Document> decisions;
	private final Clock clock;

	MongoDecisions(MongoDatabase database, Retention retention, Clock clock) {
		this.decisions = database.getCollection("row-decisions");
		this.clock = clock;
		retention.keep("row-decisions", "at", KEPT);
	}

	@Override
	public Map<String, Outcome> find(Collection<String> commandIds) {
		Map<String, Outcome> found = new HashMap<>();
		if (commandIds.isEmpty()) return found;
		for (Document document : decisions.find(in("_id", commandIds))) {
			found.put(document.getString("_id"), outcome(document));
		}
		return found;
	}

	private static Outcome outcome(Document document) {
		UUID unchanged = document.get("unchanged", UUID.class);
		return unchanged != null
				? new Outcome.Unchanged(unchanged)
				: new Outcome.Rejected(
						document.getList("faults", String.class).stream().map(Fault::valueOf).toList());
	}

	@Override
	public void remember(Map<String, Outcome> outcomes) {
		if (outcomes.isEmpty()) return;
		Date now = Date.from(clock.instant());
		List<Document> documents = outcomes.entrySet().stream()
				.map(entry -> document(entry.getKey(), entry.getValue()).append("at", now)).toList();
		try {
			decisions.insertMany(documents, new InsertManyOptions().ordered(false));
		} catch (MongoBulkWriteException e) {
			// The first decision stays.
			if (e.getWriteErrors().stream().anyMatch(error -> error.getCode() != DUPLICATE_KEY)) throw e;
		}
	}

	private static Document document(String commandId, Outcome outcome) {
		var document = new Document("_id", commandId);
		return switch (outcome) {
			case Outcome.Unchanged(UUID accountId) -> document.append("unchanged", accountId);
			case Outcome.Rejected(List<Fault> faults) ->
				document.append("faults", faults.stream().map(Fault::name).toList());
			case Outcome.Created _,Outcome.Updated _ ->
				throw new IllegalArgumentException("the account itself remembers this");
		};
	}
}
