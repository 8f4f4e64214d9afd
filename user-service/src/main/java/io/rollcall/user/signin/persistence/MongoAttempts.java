package io.rollcall.user.signin.persistence;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.signin.AttemptLog;
import io.rollcall.user.signin.AttemptLog.Attempt;
import io.rollcall.user.signin.AttemptLog.Nearness;
import io.rollcall.user.signin.Attempts;
import io.rollcall.user.signin.Source;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;

/**
 * A log a username, by the username's hash: what people type there is now and then their password. A write is guarded by the
 * revision that was read, so attempts that come at once are counted one by one.
 *
 * <pre>{ _id: hash, revision, recent: [{at, nearness, source}], sessions: [{at, nearness, source}], failures, familiar: [hashes],
 * expiresAt }</pre>
 *
 * What was tried from within sessions stands apart, since an instance of before there was that nearness would not know its name.
 */
@Repository
class MongoAttempts implements Attempts {
	/** For so long a username is remembered that nobody has ever signed in with, and one with which somebody has. */
	private static final Duration UNFAMILIAR_KEPT = Duration.ofDays(30);
	private static final Duration FAMILIAR_KEPT = Duration.ofDays(400);

	private final MongoCollection<Document> logs;
	private final Clock clock;

	MongoAttempts(MongoDatabase database, Retention retention, Clock clock) {
		this.logs = database.getCollection("sign-in-attempts");
		this.clock = clock;
		retention.keep("sign-in-attempts", "expiresAt", Duration.ZERO);
	}

	@Override
	public boolean take(String username, Source source) {
		return change(username, log -> log.attempted(source, clock.instant()));
	}

	@Override
	public void succeeded(String username, Source source) {
		change(username, log -> Optional.of(log.succeeded(source)));
	}

	/** Returns whether there was a change to make; it is made then, whoever else makes one at the same moment. */
	private boolean change(String username, Function<AttemptLog, Optional<AttemptLog>> change) {
		String id = Secrets.sha256(username);
		while (true) {
			Document found = logs.find(eq("_id", id)).first();
			Optional<AttemptLog> next = change.apply(read(found));
			if (next.isEmpty()) return false;
			if (stored(id, found, next.get())) return true;
		}
	}

	private boolean stored(String id, @Nullable Document before, AttemptLog log) {
		Document document = write(id, log).append("revision",
				before == null ? 1L : before.getLong("revision") + 1);
		if (before != null) {
			return logs.replaceOne(and(eq("_id", id), eq("revision", before.getLong("revision"))), document)
					.getMatchedCount() == 1;
		}
		try {
			logs.insertOne(document);
			return true;
		} catch (MongoWriteException e) {
			if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) throw e;
			return false;
		}
	}

	private Document write(String id, AttemptLog log) {
		Duration kept = log.familiar().isEmpty() ? UNFAMILIAR_KEPT : FAMILIAR_KEPT;
		return new Document("_id", id).append("recent", write(log, it -> it.nearness() != Nearness.SESSION))
				.append("sessions", write(log, it -> it.nearness() == Nearness.SESSION))
				.append("failures", log.failures()).append("familiar", log.familiar())
				.append("expiresAt", Date.from(clock.instant().plus(kept)));
	}

	private static List<Document> write(AttemptLog log, Predicate<Attempt> which) {
		return log.recent().stream().filter(which).map(it -> new Document("at", Date.from(it.at()))
				.append("nearness", it.nearness().name()).append("source", it.source())).toList();
	}

	private static AttemptLog read(@Nullable Document document) {
		if (document == null) return AttemptLog.EMPTY;
		List<Attempt> recent = Stream.of("recent", "sessions")
				.flatMap(list -> document.getList(list, Document.class, List.of()).stream())
				.map(it -> new Attempt(it.getDate("at").toInstant(), Nearness.valueOf(it.getString("nearness")),
						it.getString("source")))
				.toList();
		return new AttemptLog(recent, document.getInteger("failures"), document.getList("familiar", String.class));
	}
}
