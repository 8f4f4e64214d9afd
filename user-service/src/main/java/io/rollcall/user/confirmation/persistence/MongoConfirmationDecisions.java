package io.rollcall.user.confirmation.persistence;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Inserts;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.confirmation.ConfirmationSettings;
import io.rollcall.user.confirmation.Decision;
import io.rollcall.user.confirmation.DecisionRepository;
import io.rollcall.user.confirmation.Fact;
import io.rollcall.user.confirmation.FactRelay;
import io.rollcall.user.confirmation.Verdict;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/** Decisions, with what they owe: an insert that meets another, or a write that does not meet its version, changes nothing. */
@Repository
class MongoConfirmationDecisions implements DecisionRepository {
	/** Of more accounts all decisions of a confirmation are read: a district's worklist is shorter. */
	private static final int NAMED_AT_ONCE = 5_000;

	private record Said(UUID account, Verdict verdict) {}

	private final MongoTemplate mongo;
	private final FactRelay.Encoding encoding;

	MongoConfirmationDecisions(MongoTemplate mongo, FactRelay.Encoding encoding, Retention retention,
			ConfirmationSettings settings) {
		this.mongo = mongo;
		this.encoding = encoding;
		mongo.indexOps(DecisionDocument.class).createIndex(new Index("confirmation", Sort.Direction.ASC));
		retention.keep("confirmation-decisions", "at", settings.retention());
	}

	@Override
	public Map<UUID, Decision> find(UUID confirmation, Collection<UUID> accounts) {
		if (accounts.isEmpty()) return new HashMap<>();
		Query query = new Query(named(confirmation, accounts));
		query.fields().exclude("outbox");
		return mongo.find(query, DecisionDocument.class).stream().map(DecisionDocument::decision)
				.collect(Collectors.toMap(Decision::account, Function.identity()));
	}

	@Override
	public Map<UUID, Verdict> verdicts(UUID confirmation, Collection<UUID> accounts) {
		Map<UUID, Verdict> verdicts = new HashMap<>();
		if (accounts.isEmpty()) return verdicts;
		Criteria which = accounts.size() > NAMED_AT_ONCE
				? where(DecisionDocument::confirmation).is(confirmation.toString())
				: named(confirmation, accounts);
		try (Stream<Said> said = mongo.query(DecisionDocument.class).as(Said.class).matching(which).stream()) {
			said.forEach(it -> verdicts.put(it.account(), it.verdict()));
		}
		return verdicts;
	}

	private static Criteria named(UUID confirmation, Collection<UUID> accounts) {
		return where(DecisionDocument::key)
				.in(accounts.stream().map(it -> FactRelay.owner(confirmation, it)).toList());
	}

	@Override
	public Set<UUID> store(List<Fact.Decided> decided) {
		List<Fact.Decided> first = decided.stream().filter(it -> it.decision().version() == 1).toList();
		Set<UUID> lost = new HashSet<>();
		Inserts.ofNew(mongo, DecisionDocument.class, first.stream().map(this::document).toList())
				.forEach(position -> lost.add(first.get(position).decision().account()));
		decided.stream().filter(it -> it.decision().version() > 1 && !replaced(it))
				.forEach(it -> lost.add(it.decision().account()));
		return lost;
	}

	private DecisionDocument document(Fact.Decided it) {
		return DecisionDocument.of(it.decision(), List.of(PendingPart.of(encoding.encode(it))));
	}

	private boolean replaced(Fact.Decided decided) {
		DecisionDocument to = DecisionDocument.of(decided.decision(), List.of());
		Update update = new Update().set(DecisionDocument::verdict, to.verdict()).set(DecisionDocument::at, to.at())
				.set(DecisionDocument::by, to.by()).set(DecisionDocument::cause, to.cause())
				.set(DecisionDocument::accountVersion, to.accountVersion())
				.set(DecisionDocument::version, to.version())
				.push("outbox", PendingPart.of(encoding.encode(decided)));
		update = to.clientId() == null ? update.unset("clientId") : update.set("clientId", to.clientId());
		return mongo.update(DecisionDocument.class)
				.matching(where(DecisionDocument::key).is(to.key()).and("version").is(to.version() - 1)).apply(update)
				.first().getMatchedCount() == 1;
	}
}
