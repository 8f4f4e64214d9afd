package io.rollcall.imports.persistence;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;
import org.springframework.util.unit.DataSize;

import io.rollcall.imports.Submission;
import io.rollcall.imports.Submitter;
import io.rollcall.imports.UploadQuota;
import io.rollcall.platform.persistence.Retention;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/** A document an account and day, and a district and day. */
@Repository
class MongoUploadQuota implements UploadQuota {
	/** @param id {@code account/ID/DAY} or {@code district/CODE/DAY} */
	@Document("upload-quotas")
	record Stored(@MongoId String id, long bytes, int imports, Instant until) {}

	private final MongoTemplate mongo;
	private final Limits limits;

	MongoUploadQuota(MongoTemplate mongo, Retention retention, Limits limits) {
		this.mongo = mongo;
		this.limits = limits;
		retention.keep("upload-quotas", "until", Duration.ofDays(1));
	}

	@Override
	public Optional<Spent> take(Submitter submitter, int bytes, Instant at) {
		Instant until = day(at).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
		if (!isTaken(account(submitter, at), bytes, limits.bytes(), limits.imports(), until)) {
			return Optional.of(new Spent(false, until));
		}
		Optional<String> district = district(submitter, at);
		if (district.isEmpty() || isTaken(district.get(), bytes, limits.districtBytes(), Integer.MAX_VALUE, until)) {
			return Optional.empty();
		}
		giveBack(account(submitter, at), bytes);
		return Optional.of(new Spent(true, until));
	}

	/** In one step: where there is not so much left the filter finds nothing, and the upsert meets what stands there. */
	private boolean isTaken(String id, int bytes, DataSize limit, int imports, Instant until) {
		if (bytes > limit.toBytes()) return false;
		for (int attempt = 1;; attempt++) {
			try {
				mongo.update(Stored.class)
						.matching(where(Stored::id).is(id).and(Stored::bytes).lte(limit.toBytes() - bytes)
								.and(Stored::imports).lt(imports))
						.apply(added(bytes, 1).setOnInsert(Stored::until, until)).upsert();
				return true;
			} catch (DuplicateKeyException _) {
				// The first time it may be somebody else's very first of the day that it met.
				if (attempt > 1) return false;
			}
		}
	}

	@Override
	public void giveBack(Submission submission) {
		giveBack(account(submission.submitter(), submission.submittedAt()), submission.bytes());
		district(submission.submitter(), submission.submittedAt()).ifPresent(id -> giveBack(id, submission.bytes()));
	}

	private void giveBack(String id, int bytes) {
		mongo.update(Stored.class).matching(where(Stored::id).is(id)).apply(added(-bytes, -1)).first();
	}

	private static Update added(int bytes, int imports) {
		return new Update().inc(Stored::bytes, (long) bytes).inc(Stored::imports, imports);
	}

	private static String account(Submitter submitter, Instant at) {
		return "account/" + submitter.accountId() + "/" + day(at);
	}

	private static Optional<String> district(Submitter submitter, Instant at) {
		return submitter.district().map(district -> "district/" + district + "/" + day(at));
	}

	private static LocalDate day(Instant at) {
		return LocalDate.ofInstant(at, ZoneOffset.UTC);
	}
}
