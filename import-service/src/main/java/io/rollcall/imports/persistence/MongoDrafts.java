package io.rollcall.imports.persistence;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

import io.rollcall.imports.draft.Draft;
import io.rollcall.imports.draft.DraftRepository;
import io.rollcall.imports.draft.Sending;
import io.rollcall.imports.file.Column;
import io.rollcall.imports.file.Correction;
import io.rollcall.imports.persistence.ImportDocument.SubmitterPart;
import io.rollcall.platform.persistence.Retention;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/** One document an import, in {@code drafts}, under the import's id: whatever changes in a draft changes at once, guarded by its version. */
@Repository
class MongoDrafts implements DraftRepository {
	/** @param corrected how many corrections there are, to be read without them */
	@Document("drafts")
	record Stored(@MongoId String id, long version, int corrected, List<CorrectionPart> corrections,
			List<SendingPart> sendings, @Nullable Instant owedSince, Instant until) {
		static Stored of(Draft it, Instant until) {
			return new Stored(it.importId().toString(), it.version(), it.corrections().size(), parts(it.corrections()),
					it.sendings().stream().map(SendingPart::of).toList(), it.owedSince(), until);
		}

		Draft draft() {
			return new Draft(UUID.fromString(id), version, read(corrections),
					sendings.stream().map(SendingPart::sending).toList(), owedSince);
		}
	}

	/** @param cells by the columns' titles */
	record CorrectionPart(int record, Map<String, String> cells, String by, Instant at) {
		Correction correction() {
			Map<Column, String> named = new EnumMap<>(Column.class);
			cells.forEach((title, cell) -> named.put(Column.titled(title).orElseThrow(), cell));
			return new Correction(named, by, at);
		}
	}

	record SendingPart(String importId, long ofVersion, List<CorrectionPart> corrections, SubmitterPart submitter,
			Instant at, String traceparent) {
		static SendingPart of(Sending it) {
			return new SendingPart(it.importId().toString(), it.ofVersion(), parts(it.corrections()),
					SubmitterPart.of(it.submitter()), it.at(), it.traceparent());
		}

		Sending sending() {
			return new Sending(UUID.fromString(importId), ofVersion, read(corrections), submitter.submitter(),
					at, traceparent);
		}
	}

	/** Of a draft, for lists. */
	record Corrected(@MongoId String id, int corrected) {}

	private final MongoTemplate mongo;

	MongoDrafts(MongoTemplate mongo, Retention retention) {
		this.mongo = mongo;
		mongo.indexOps(Stored.class).createIndex(new Index("owedSince", Sort.Direction.ASC).sparse());
		retention.keep("drafts", "until", Duration.ZERO);
	}

	private static List<CorrectionPart> parts(SortedMap<Integer, Correction> corrections) {
		return corrections.entrySet().stream().map(it -> {
			Map<String, String> cells = new TreeMap<>();
			it.getValue().cells().forEach((column, cell) -> cells.put(column.title(), cell));
			return new CorrectionPart(it.getKey(), cells, it.getValue().by(), it.getValue().at());
		}).toList();
	}

	private static SortedMap<Integer, Correction> read(List<CorrectionPart> parts) {
		SortedMap<Integer, Correction> corrections = new TreeMap<>();
		parts.forEach(part -> corrections.put(part.record(), part.correction()));
		return corrections;
	}

	@Override
	public Optional<Draft> find(UUID importId) {
		return Optional.ofNullable(mongo.findById(importId.toString(), Stored.class)).map(Stored::draft);
	}

	@Override
	public Map<UUID, Integer> corrected(Collection<UUID> importIds) {
		var counts = new Query(where(Stored::id).in(importIds.stream().map(UUID::toString).toList()));
		counts.fields().include("corrected");
		return mongo.query(Stored.class).as(Corrected.class).matching(counts).all().stream()
				.collect(Collectors.toMap(it -> UUID.fromString(it.id()), Corrected::corrected));
	}

	@Override
	public boolean save(Draft draft, Instant keptUntil) {
		Stored next = Stored.of(draft, keptUntil);
		if (draft.version() > 1) return mongo.replace(version(draft, draft.version() - 1), next).getMatchedCount() == 1;
		try {
			mongo.insert(next);
			return true;
		} catch (DuplicateKeyException _) {
			return false;
		}
	}

	private static Query version(Draft draft, long version) {
		return new Query(where(Stored::id).is(draft.importId().toString()).and(Stored::version).is(version));
	}

	@Override
	public List<Draft> owedBefore(Instant moment) {
		return mongo.query(Stored.class).matching(where("owedSince").lt(moment)).all().stream().map(Stored::draft)
				.toList();
	}

	@Override
	public void settled(Draft draft) {
		mongo.update(Stored.class).matching(version(draft, draft.version())).apply(new Update().unset("owedSince"))
				.first();
	}
}
