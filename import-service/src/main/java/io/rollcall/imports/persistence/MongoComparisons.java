package io.rollcall.imports.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

import io.rollcall.imports.comparison.Comparison;
import io.rollcall.imports.comparison.Comparison.Decision;
import io.rollcall.imports.comparison.ComparisonRepository;
import io.rollcall.imports.table.TableChoice;
import io.rollcall.imports.table.Target;
import io.rollcall.platform.persistence.Retention;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/** One document a list, beside its file in {@code files}; each decision is written for itself, so that none overwrites another. */
@Repository
class MongoComparisons implements ComparisonRepository {
	/** @param decisions by record number, then by account */
	@Document("comparisons")
	record Stored(@MongoId String id, String owner, String fileName, List<String> organizations,
			@Nullable TablePart table, int total, Map<String, Map<String, Boolean>> decisions, Instant createdAt,
			Instant until) {
		static Stored of(Comparison it) {
			TableChoice table = it.table();
			Map<String, Map<String, Boolean>> decisions = new TreeMap<>();
			it.decisions().forEach((record, accounts) -> {
				Map<String, Boolean> named = new TreeMap<>();
				accounts.forEach((account, same) -> named.put(account.toString(), same));
				decisions.put(record.toString(), named);
			});
			return new Stored(it.id().toString(), it.owner().toString(), it.fileName(), it.organizations(),
					table == null ? null : TablePart.of(table), it.total(), decisions, it.createdAt(), it.keptUntil());
		}

		Comparison comparison() {
			Map<Integer, Map<UUID, Boolean>> decided = new HashMap<>();
			decisions.forEach((record, accounts) -> accounts.forEach((account, same) -> decided
					.computeIfAbsent(Integer.valueOf(record), _ -> new HashMap<>())
					.put(UUID.fromString(account), same)));
			return new Comparison(UUID.fromString(id), UUID.fromString(owner), fileName, organizations,
					table == null ? null : table.choice(), total, decided, createdAt, until);
		}
	}

	/** @param columns by index, as {@link Target#title} says it */
	record TablePart(@Nullable String sheet, int headerLine, Map<String, String> columns) {
		static TablePart of(TableChoice it) {
			Map<String, String> columns = new TreeMap<>();
			it.columns().forEach((index, target) -> columns.put(index.toString(), target.title()));
			return new TablePart(it.sheet(), it.headerLine(), columns);
		}

		TableChoice choice() {
			Map<Integer, Target> targets = new HashMap<>();
			columns.forEach((index, title) -> Target.titled(title)
					.ifPresent(target -> targets.put(Integer.valueOf(index), target)));
			return new TableChoice(sheet, headerLine, targets);
		}
	}

	private final MongoTemplate mongo;

	MongoComparisons(MongoTemplate mongo, Retention retention) {
		this.mongo = mongo;
		retention.keep("comparisons", "until", Duration.ZERO);
	}

	@Override
	public void add(Comparison added) {
		mongo.insert(Stored.of(added));
	}

	@Override
	public Optional<Comparison> find(UUID id) {
		return Optional.ofNullable(mongo.findById(id.toString(), Stored.class)).map(Stored::comparison);
	}

	@Override
	public void decide(UUID id, Collection<Decision> decisions) {
		var update = new Update();
		decisions.forEach(decision -> {
			String field = "decisions." + decision.record() + "." + decision.account();
			decision.same().ifPresentOrElse(same -> update.set(field, same), () -> update.unset(field));
		});
		mongo.update(Stored.class).matching(where(Stored::id).is(id.toString())).apply(update).first();
	}
}
