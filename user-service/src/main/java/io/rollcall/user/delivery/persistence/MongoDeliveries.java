package io.rollcall.user.delivery.persistence;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import org.bson.Document;
import org.springframework.stereotype.Repository;

import io.rollcall.user.credential.Site;
import io.rollcall.user.delivery.Deliveries;
import io.rollcall.user.delivery.Delivery;
import io.rollcall.user.delivery.Delivery.Mail;
import io.rollcall.user.delivery.Delivery.Report;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

/**
 * {@code deliveries}: a document an issue of passwords, <code>{_id: issue, PORTAL: {USERNAME: "sent", PASSWORD: "rejected"},
 * TRAINING: {…}, failed: true, heardAt: …}</code>. Each report sets a field of its own, and the last of them the time, so order and
 * repetition do not matter.
 */
@Repository
class MongoDeliveries implements Deliveries {
	private static final String SENT = "sent";
	private static final int DELETED_AT_ONCE = 1_000;

	private final MongoCollection<Document> deliveries;

	MongoDeliveries(MongoDatabase database) {
		this.deliveries = database.getCollection("deliveries");
		deliveries.createIndex(Indexes.ascending("failed"), new IndexOptions().sparse(true));
	}

	@Override
	public void report(Collection<Reported> reports) {
		if (reports.isEmpty()) return;
		Map<String, List<Reported>> byIssue = reports.stream().collect(Collectors.groupingBy(Reported::issue));
		deliveries.bulkWrite(
				byIssue.entrySet().stream().map(entry -> update(entry.getKey(), entry.getValue())).toList(),
				new BulkWriteOptions().ordered(false));
	}

	private static UpdateOneModel<Document> update(String issue, List<Reported> reports) {
		var fields = new Document();
		Instant heardAt = Instant.EPOCH;
		for (Reported reported : reports) {
			String failure = reported.report().failure();
			fields.append(reported.site().name() + "." + reported.mail().name(), failure == null ? SENT : failure);
			if (failure != null) fields.append("failed", true);
			if (reported.occurredAt().isAfter(heardAt)) heardAt = reported.occurredAt();
		}
		return new UpdateOneModel<>(eq("_id", issue),
				new Document("$set", fields).append("$max", new Document("heardAt", Date.from(heardAt))),
				new UpdateOptions().upsert(true));
	}

	@Override
	public Map<String, Delivery> find(Collection<String> issues) {
		Map<String, Delivery> found = new HashMap<>();
		if (issues.isEmpty()) return found;
		for (Document document : deliveries.find(in("_id", issues))) {
			found.put(document.getString("_id"), delivery(document));
		}
		return found;
	}

	@Override
	public Set<String> failed() {
		Set<String> failed = new HashSet<>();
		for (Document document : deliveries.find(eq("failed", true)).projection(include("_id"))) {
			failed.add(document.getString("_id"));
		}
		return failed;
	}

	/** One read of all: nothing but the age could narrow it down, and for what is older an index on the embedded store is none. */
	@Override
	public long deleteReplaced(Set<String> present, Instant since) {
		Date limit = Date.from(since);
		List<String> replaced = new ArrayList<>();
		for (Document document : deliveries.find().projection(include("heardAt"))) {
			Date heardAt = document.getDate("heardAt");
			String issue = document.getString("_id");
			if ((heardAt == null || heardAt.before(limit)) && !present.contains(issue)) replaced.add(issue);
		}
		for (int from = 0; from < replaced.size(); from += DELETED_AT_ONCE) {
			deliveries.deleteMany(
					in("_id", replaced.subList(from, Math.min(from + DELETED_AT_ONCE, replaced.size()))));
		}
		return replaced.size();
	}

	private static Delivery delivery(Document document) {
		Map<Site, Map<Mail, Report>> reports = new EnumMap<>(Site.class);
		for (Site site : Site.values()) {
			Document mails = document.get(site.name(), Document.class);
			if (mails == null) continue;
			Map<Mail, Report> ofSite = new EnumMap<>(Mail.class);
			mails.forEach((mail, state) -> ofSite.put(Mail.valueOf(mail),
					new Report(SENT.equals(state) ? null : String.valueOf(state))));
			reports.put(site, ofSite);
		}
		return new Delivery(reports);
	}
}
