package io.rollcall.notification.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.BulkOperations;
import org.springframework.data.mongodb.core.BulkOperations.BulkMode;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.query.Criteria;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

import io.rollcall.notification.LetterWriter;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailLedger;
import io.rollcall.notification.Mailing;
import io.rollcall.notification.Outcome;
import io.rollcall.platform.persistence.Inserts;

import static io.rollcall.notification.persistence.MailingDocument.NOBODY;
import static org.springframework.data.mongodb.core.query.Criteria.where;

/**
 * The ledger in two collections. {@code mails} is the truth and only grows; it is read and written by {@code _id} alone.
 * {@code mailings} says which of them are not done, so that open work is found without a look at the ledger. They cannot part
 * harmfully: a mailing is inserted after its mails and removed after the last of
 * them is told of, so it is at worst there for nothing.
 */
@Repository
class MongoLedger implements MailLedger {
	private static final BulkWriteOptions ANY_ORDER = new BulkWriteOptions().ordered(false);
	private static final FindOneAndUpdateOptions ID_ALONE = new FindOneAndUpdateOptions()
			.projection(new Document("_id", 1));

	private final MongoTemplate mongo;
	private final LetterWriter letters;

	MongoLedger(MongoTemplate mongo, LetterWriter letters) {
		this.mongo = mongo;
		this.letters = letters;
		mongo.indexOps(MailingDocument.class)
				.createIndex(new Index("owner", Sort.Direction.ASC).on("occurredAt", Sort.Direction.ASC));
	}

	@Override
	public List<Open> record(List<Mailing> asked, @Nullable String owner) {
		Map<String, Mailing> byCause = LinkedHashMap.newLinkedHashMap(asked.size());
		for (Mailing mailing : asked)
			byCause.putIfAbsent(mailing.cause(), mailing);
		if (byCause.isEmpty()) return List.of();

		List<Mail> all = byCause.values().stream().flatMap(mailing -> mailing.mails().stream()).toList();
		Set<Integer> known = Inserts.ofNew(mongo, MailDocument.class,
				all.stream().map(mail -> MailDocument.of(mail, letters.messageId(mail))).toList());
		Set<String> recordedBefore = new HashSet<>();
		for (int index : known)
			recordedBefore.add(all.get(index).cause());

		List<Mailing> distinct = List.copyOf(byCause.values());
		Set<Integer> open = Inserts.ofNew(mongo, MailingDocument.class,
				distinct.stream().map(mailing -> MailingDocument.of(mailing, owner)).toList());
		if (owner == null) return List.of();

		List<Open> taken = new ArrayList<>(distinct.size());
		List<MailingDocument> toRead = new ArrayList<>();
		for (int i = 0; i < distinct.size(); i++) {
			Mailing mailing = distinct.get(i);
			if (open.contains(i) || mailing.notBefore() != null) continue; // somebody has it already, or will find it
			if (recordedBefore.contains(mailing.cause())) toRead.add(MailingDocument.of(mailing, owner));
			else
				taken.add(new Open(mailing.cause(), 0, Instant.MIN,
						mailing.mails().stream().map(mail -> new Entry(mail, null)).toList()));
		}
		taken.addAll(read(toRead));
		return taken;
	}

	@Override
	public List<Open> claim(String owner, Set<String> living, Instant now, int limit) {
		// By the owners, who are few, the index is asked; of nobody's it knows the oldest without a look at the others.
		List<String> left = new ArrayList<>(
				mongo.findDistinct(new Query(), "owner", MailingDocument.class, String.class));
		left.removeAll(living);
		if (left.isEmpty()) return List.of();
		List<MailingDocument> found = mongo.find(
				new Query(where(MailingDocument::owner).in(left).and(MailingDocument::notBefore).not().gt(now))
						.with(Sort.by("occurredAt")).limit(limit),
				MailingDocument.class);
		if (found.isEmpty()) return List.of();
		BulkOperations claims = mongo.bulkOps(BulkMode.UNORDERED, MailingDocument.class);
		found.forEach(mailing -> claims.updateOne(
				new Query(is(mailing.cause()).and(MailingDocument::owner).is(mailing.owner())),
				Update.update(MailingDocument::owner, owner)));
		claims.execute();
		// The documents say which instance was quicker.
		Set<String> mine = mongo
				.find(new Query(where(MailingDocument::cause).in(found.stream().map(MailingDocument::cause).toList())),
						MailingDocument.class)
				.stream().filter(mailing -> owner.equals(mailing.owner())).map(MailingDocument::cause)
				.collect(Collectors.toSet());
		return read(found.stream().filter(mailing -> mine.contains(mailing.cause())).toList());
	}

	private List<Open> read(List<MailingDocument> opened) {
		if (opened.isEmpty()) return List.of();
		List<String> wanted = opened.stream().flatMap(mailing -> mailing.mails().stream()).toList();
		Map<String, MailDocument> byId = mongo
				.find(new Query(where(MailDocument::id).in(wanted)), MailDocument.class).stream()
				.collect(Collectors.toMap(MailDocument::id, Function.identity()));
		return opened.stream().map(mailing -> new Open(mailing.cause(),
				Objects.requireNonNullElse(mailing.attempts(), 0),
				Objects.requireNonNullElse(mailing.dueAt(), Instant.MIN),
				mailing.mails().stream().map(id -> Objects.requireNonNull(byId.get(id)).entry()).toList())).toList();
	}

	@Override
	public Outcome finish(Mail mail, Outcome outcome) {
		// The guard keeps a first outcome, should two instances ever send the same mail.
		// One command of its own, and by the driver, since each mail waits for it: the driver's bulk write costs twice as much, and
		// Spring Data's mapping a third more (ADR 31).
		Document pending = mongo.execute(MailDocument.class,
				mails -> mails.findOneAndUpdate(
						new Document("_id", mail.id()).append("status", MailDocument.PENDING),
						MailDocument.finished(outcome), ID_ALONE));
		if (pending != null) return outcome;
		MailDocument found = mongo.findById(mail.id(), MailDocument.class);
		Outcome first = found == null ? null : found.outcome();
		if (first == null) throw new IllegalStateException("a mail that is not in the ledger");
		return first;
	}

	@Override
	public void postpone(String cause, int attempts, Instant dueAt) {
		change(cause, Update.update(MailingDocument::attempts, attempts).set(MailingDocument::dueAt, dueAt));
	}

	@Override
	public void defer(String cause, Instant notBefore) {
		change(cause, Update.update(MailingDocument::owner, NOBODY).set(MailingDocument::notBefore, notBefore));
	}

	private void change(String cause, Update update) {
		mongo.update(MailingDocument.class).matching(is(cause)).apply(update).first();
	}

	@Override
	public Set<UUID> heldBack(Collection<UUID> accounts, Instant now) {
		if (accounts.isEmpty()) return Set.of();
		return mongo
				.find(new Query(where(MailingDocument::account).in(accounts.stream().map(UUID::toString).toList())
						.and(MailingDocument::notBefore).gt(now)), MailingDocument.class)
				.stream().map(it -> UUID.fromString(it.account())).collect(Collectors.toSet());
	}

	@Override
	public long open() {
		return mongo.estimatedCount(MailingDocument.class);
	}

	/** By the driver, one by one: what Spring Data removes in bulk the driver does not repeat by itself. */
	@Override
	public void close(Collection<String> causes) {
		if (causes.isEmpty()) return;
		List<WriteModel<Document>> deletions = causes.stream()
				.<WriteModel<Document>>map(cause -> new DeleteOneModel<>(new Document("_id", cause))).toList();
		mongo.execute(MailingDocument.class, mailings -> mailings.bulkWrite(deletions, ANY_ORDER));
	}

	@Override
	public void release(String owner) {
		mongo.update(MailingDocument.class).matching(where(MailingDocument::owner).is(owner))
				.apply(Update.update(MailingDocument::owner, NOBODY)).all();
	}

	private static Criteria is(String cause) {
		return where(MailingDocument::cause).is(cause);
	}
}
