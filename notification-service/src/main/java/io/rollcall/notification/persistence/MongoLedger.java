package io.rollcall.notification.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.DeleteOneModel;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.WriteModel;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import io.rollcall.notification.LetterWriter;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailLedger;
import io.rollcall.notification.Mailing;
import io.rollcall.notification.Outcome;
import io.rollcall.platform.CrashPoints;

/**
 * The ledger in two collections. {@code mails} is the truth and only grows; it is read and written by {@code _id} alone.
 * {@code mailings} says which of them are not done, so that open work is found without a look at the ledger. They cannot part
 * harmfully: a mailing is inserted after its mails and removed after the last of
 * them is told of, so it is at worst there for nothing.
 */
@Repository
class MongoLedger implements MailLedger {
	/** The owner of what nobody has taken yet. */
	private static final String NOBODY = "";
	private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);
	private static final FindOneAndUpdateOptions ID_ALONE = new FindOneAndUpdateOptions()
			.projection(new Document("_id", 1));
	private static final BulkWriteOptions ANY_ORDER = new BulkWriteOptions().ordered(false);

	private final MongoCollection<Document> mails;
	private final MongoCollection<Document> mailings;
	private final LetterWriter letters;

	MongoLedger(MongoDatabase database, LetterWriter letters) {
		this.mails = database.getCollection("mails");
		this.mailings = database.getCollection("mailings");
		this.letters = letters;
		mailings.createIndex(new Document("owner", 1).append("occurredAt", 1));
	}

	@Override
	public List<Open> record(List<Mailing> asked, @Nullable String owner) {
		Map<String, Mailing> byCause = LinkedHashMap.newLinkedHashMap(asked.size());
		for (Mailing mailing : asked)
			byCause.putIfAbsent(mailing.cause(), mailing);
		if (byCause.isEmpty()) return List.of();

		List<Mail> all = byCause.values().stream().flatMap(mailing -> mailing.mails().stream()).toList();
		Set<Integer> known = insert(mails,
				all.stream().map(mail -> MailDocuments.of(mail, letters.messageId(mail))).toList());
		CrashPoints.pass("mails-in-ledger");
		Set<String> recordedBefore = new HashSet<>();
		for (int index : known)
			recordedBefore.add(all.get(index).cause());

		List<Mailing> distinct = List.copyOf(byCause.values());
		Set<Integer> open = insert(mailings, distinct.stream().map(mailing -> open(mailing, owner)).toList());
		if (owner == null) return List.of();

		List<Open> taken = new ArrayList<>(distinct.size());
		List<Document> toRead = new ArrayList<>();
		for (int i = 0; i < distinct.size(); i++) {
			Mailing mailing = distinct.get(i);
			if (open.contains(i)) continue; // somebody has it already, or will find it
			if (recordedBefore.contains(mailing.cause())) toRead.add(open(mailing, owner));
			else
				taken.add(new Open(mailing.cause(), 0, Instant.MIN,
						mailing.mails().stream().map(mail -> new Entry(mail, null)).toList()));
		}
		taken.addAll(read(toRead));
		return taken;
	}

	private static Document open(Mailing mailing, @Nullable String owner) {
		return new Document("_id", mailing.cause()).append("account", mailing.accountId().toString())
				.append("occurredAt", Date.from(mailing.occurredAt()))
				.append("mails", mailing.mails().stream().map(Mail::id).toList())
				.append("owner", owner == null ? NOBODY : owner);
	}

	/** @return positions of the documents that were there already */
	private static Set<Integer> insert(MongoCollection<Document> collection, List<Document> documents) {
		try {
			collection.insertMany(documents, UNORDERED);
			return Set.of();
		} catch (MongoBulkWriteException e) {
			Set<Integer> known = new HashSet<>();
			for (var error : e.getWriteErrors()) {
				if (ErrorCategory.fromErrorCode(error.getCode()) != ErrorCategory.DUPLICATE_KEY) throw e;
				known.add(error.getIndex());
			}
			return known;
		}
	}

	@Override
	public List<Open> claim(String owner, Set<String> living, Instant now, int limit) {
		// By the owners, who are few, the index is asked; of nobody's it knows the oldest without a look at the others.
		List<String> left = mailings.distinct("owner", String.class).into(new ArrayList<>());
		left.removeAll(living);
		if (left.isEmpty()) return List.of();
		List<Document> found = mailings
				.find(new Document("owner", new Document("$in", left)).append("notBefore",
						new Document("$not", new Document("$gt", Date.from(now)))))
				.sort(new Document("occurredAt", 1)).limit(limit).into(new ArrayList<>());
		if (found.isEmpty()) return List.of();
		List<WriteModel<Document>> claims = found.stream().<WriteModel<Document>>map(mailing -> new UpdateOneModel<>(
				new Document("_id", mailing.get("_id")).append("owner", mailing.get("owner")),
				set(new Document("owner", owner)))).toList();
		mailings.bulkWrite(claims, ANY_ORDER);
		// Who was quicker than whom, the documents know.
		Set<String> mine = new HashSet<>();
		mailings.find(ids(found.stream().map(mailing -> mailing.getString("_id")).toList()))
				.forEach(mailing -> {
					if (owner.equals(mailing.getString("owner"))) mine.add(mailing.getString("_id"));
				});
		return read(found.stream().filter(mailing -> mine.contains(mailing.getString("_id"))).toList());
	}

	private List<Open> read(List<Document> opened) {
		if (opened.isEmpty()) return List.of();
		List<String> wanted = opened.stream().flatMap(mailing -> mailing.getList("mails", String.class).stream())
				.toList();
		Map<String, Document> byId = HashMap.newHashMap(wanted.size());
		mails.find(ids(wanted)).forEach(mail -> byId.put(mail.getString("_id"), mail));
		return opened.stream().map(mailing -> {
			Date dueAt = mailing.getDate("dueAt");
			return new Open(mailing.getString("_id"), mailing.getInteger("attempts", 0),
					dueAt == null ? Instant.MIN : dueAt.toInstant(), mailing.getList("mails", String.class).stream()
							.map(byId::get).map(MailDocuments::entry).toList());
		}).toList();
	}

	@Override
	public Outcome finish(Mail mail, Outcome outcome) {
		// The guard keeps a first outcome, should two instances ever send the same mail.
		// One command of its own: the driver's way of writing many costs as much as the write, and each mail waits for this one.
		Document pending = mails.findOneAndUpdate(
				new Document("_id", mail.id()).append("status", MailDocuments.PENDING),
				MailDocuments.finished(outcome), ID_ALONE);
		if (pending != null) return outcome;
		Document found = mails.find(new Document("_id", mail.id())).first();
		Outcome first = found == null ? null : MailDocuments.outcome(found);
		if (first == null) throw new IllegalStateException("a mail that is not in the ledger");
		return first;
	}

	@Override
	public void postpone(String cause, int attempts, Instant dueAt) {
		mailings.updateOne(new Document("_id", cause),
				set(new Document("attempts", attempts).append("dueAt", Date.from(dueAt))));
	}

	@Override
	public void defer(String cause, Instant notBefore) {
		mailings.updateOne(new Document("_id", cause),
				set(new Document("owner", NOBODY).append("notBefore", Date.from(notBefore))));
	}

	@Override
	public long open() {
		return mailings.estimatedDocumentCount();
	}

	@Override
	public void close(Collection<String> causes) {
		if (causes.isEmpty()) return;
		mailings.bulkWrite(causes.stream()
				.<WriteModel<Document>>map(cause -> new DeleteOneModel<>(new Document("_id", cause))).toList(),
				ANY_ORDER);
	}

	@Override
	public void release(String owner) {
		mailings.updateMany(new Document("owner", owner), set(new Document("owner", NOBODY)));
	}

	private static Document ids(List<String> ids) {
		return new Document("_id", new Document("$in", ids));
	}

	private static Document set(Document values) {
		return new Document("$set", values);
	}
}
