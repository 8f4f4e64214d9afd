package io.rollcall.user.confirmation.persistence;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.confirmation.Confirmation;
import io.rollcall.user.confirmation.ConfirmationRepository;
import io.rollcall.user.confirmation.ConfirmationSettings;
import io.rollcall.user.confirmation.Fact;
import io.rollcall.user.confirmation.FactRelay;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/** Confirmations, with what they owe. A write is guarded by the version that was read. */
@Repository
class MongoConfirmations implements ConfirmationRepository {
	private final MongoTemplate mongo;
	private final FactRelay.Encoding encoding;

	MongoConfirmations(MongoTemplate mongo, FactRelay.Encoding encoding, Retention retention,
			ConfirmationSettings settings) {
		this.mongo = mongo;
		this.encoding = encoding;
		retention.keep("confirmations", "openedAt", settings.retention());
	}

	@Override
	public boolean add(Confirmation confirmation, Fact opened) {
		try {
			mongo.insert(ConfirmationDocument.of(confirmation, List.of(PendingPart.of(encoding.encode(opened)))));
			return true;
		} catch (DuplicateKeyException _) {
			return false;
		}
	}

	@Override
	public Optional<Confirmation> find(UUID id) {
		return mongo.find(withoutOutbox(of(id)), ConfirmationDocument.class).stream()
				.map(ConfirmationDocument::confirmation).findFirst();
	}

	@Override
	public List<Confirmation> all() {
		return mongo
				.find(withoutOutbox(new Criteria()).with(Sort.by(Sort.Direction.DESC, "openedAt", "_id")),
						ConfirmationDocument.class)
				.stream().map(ConfirmationDocument::confirmation).toList();
	}

	private static Query withoutOutbox(Criteria which) {
		Query query = new Query(which);
		query.fields().exclude("outbox");
		return query;
	}

	@Override
	public boolean replace(Confirmation after, Fact what) {
		ConfirmationDocument to = ConfirmationDocument.of(after, List.of());
		Update update = new Update().set(ConfirmationDocument::deadline, to.deadline())
				.set(ConfirmationDocument::end, to.end()).set(ConfirmationDocument::reminders, to.reminders())
				.set(ConfirmationDocument::handOvers, to.handOvers())
				.set(ConfirmationDocument::version, to.version())
				.push("outbox", PendingPart.of(encoding.encode(what)));
		if (to.closedAt() != null) update.set(ConfirmationDocument::closedAt, to.closedAt());
		return mongo.update(ConfirmationDocument.class)
				.matching(of(after.id()).and("version").is(after.version() - 1)).apply(update).first()
				.getMatchedCount() == 1;
	}

	@Override
	public void noteReminded(UUID id, LocalDate day) {
		mongo.update(ConfirmationDocument.class).matching(of(id)).apply(new Update().max("remindedOn", day.toString()))
				.first();
	}

	private static Criteria of(UUID id) {
		return where(ConfirmationDocument::id).is(id.toString());
	}
}
