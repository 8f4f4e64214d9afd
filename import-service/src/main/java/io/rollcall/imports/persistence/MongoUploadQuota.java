package io.rollcall.imports.persistence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Optional;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import org.bson.Document;
import org.springframework.stereotype.Repository;
import org.springframework.util.unit.DataSize;

import io.rollcall.imports.Submission;
import io.rollcall.imports.UploadQuota;
import io.rollcall.platform.persistence.Retention;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.lt;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.inc;
import static com.mongodb.client.model.Updates.setOnInsert;

/** {@code upload-quotas}: a document an account and day, and a district and day, {@code {_id: "account/ID/DAY", bytes, imports, until}}. */
@Repository
class MongoUploadQuota implements UploadQuota {
	private static final UpdateOptions UPSERT = new UpdateOptions().upsert(true);

	private final MongoCollection<Document> quotas;
	private final Limits limits;

	MongoUploadQuota(MongoDatabase database, Retention retention, Limits limits) {
		this.quotas = database.getCollection("upload-quotas");
		this.limits = limits;
		retention.keep("upload-quotas", "until", Duration.ofDays(1));
	}

	@Override
	public Optional<Spent> take(Submission submission) {
		int bytes = submission.bytes();
		Instant until = midnightAfter(submission);
		if (!isTaken(account(submission), bytes, limits.bytes(), limits.imports(), until)) {
			return Optional.of(new Spent(false, until));
		}
		Optional<String> district = district(submission);
		if (district.isEmpty() || isTaken(district.get(), bytes, limits.districtBytes(), Integer.MAX_VALUE, until)) {
			return Optional.empty();
		}
		giveBack(account(submission), bytes);
		return Optional.of(new Spent(true, until));
	}

	/** In one step: where there is not so much left the filter finds nothing, and the upsert meets what stands there. */
	private boolean isTaken(String id, int bytes, DataSize limit, int imports, Instant until) {
		if (bytes > limit.toBytes()) return false;
		for (int attempt = 1;; attempt++) {
			try {
				quotas.updateOne(
						and(eq("_id", id), lte("bytes", limit.toBytes() - bytes), lt("imports", imports)),
						combine(inc("bytes", (long) bytes), inc("imports", 1),
								setOnInsert("until", Date.from(until))),
						UPSERT);
				return true;
			} catch (MongoWriteException e) {
				if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) throw e;
				// The first time it may be somebody else's very first of the day that it met.
				if (attempt > 1) return false;
			}
		}
	}

	@Override
	public void giveBack(Submission submission) {
		giveBack(account(submission), submission.bytes());
		district(submission).ifPresent(id -> giveBack(id, submission.bytes()));
	}

	private void giveBack(String id, int bytes) {
		quotas.updateOne(eq("_id", id), combine(inc("bytes", (long) -bytes), inc("imports", -1)));
	}

	private static String account(Submission submission) {
		return "account/" + submission.submitter().accountId() + "/" + day(submission);
	}

	private static Optional<String> district(Submission submission) {
		return submission.submitter().district().map(district -> "district/" + district + "/" + day(submission));
	}

	private static LocalDate day(Submission submission) {
		return LocalDate.ofInstant(submission.submittedAt(), ZoneOffset.UTC);
	}

	private static Instant midnightAfter(Submission submission) {
		return day(submission).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
	}
}
