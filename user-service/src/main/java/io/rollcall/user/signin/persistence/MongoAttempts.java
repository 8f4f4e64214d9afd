package io.rollcall.user.signin.persistence;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.AttemptLog;
import io.rollcall.user.signin.Attempts;
import io.rollcall.user.signin.Source;

/** Attempts that come at once are counted one by one: a write is guarded by the revision that was read. */
@Repository
class MongoAttempts implements Attempts {
	/** For so long a username is remembered that nobody has ever signed in with, and one with which somebody has. */
	private static final Duration UNFAMILIAR_KEPT = Duration.ofDays(30);
	private static final Duration FAMILIAR_KEPT = Duration.ofDays(400);

	private final MongoTemplate mongo;
	private final Clock clock;

	MongoAttempts(MongoTemplate mongo, Retention retention, Clock clock) {
		this.mongo = mongo;
		this.clock = clock;
		retention.keep("sign-in-attempts", "expiresAt", Duration.ZERO);
	}

	@Override
	public boolean take(String username, Site site, Source source) {
		return change(username, log -> log.attempted(site, source, clock.instant()));
	}

	@Override
	public void succeeded(String username, Site site, Source source) {
		change(username, log -> Optional.of(log.succeeded(site, source)));
	}

	/** Returns whether there was a change to make; it is made then, whoever else makes one at the same moment. */
	private boolean change(String username, Function<AttemptLog, Optional<AttemptLog>> change) {
		String hash = Secrets.sha256(username);
		while (true) {
			AttemptLogDocument found = mongo.findById(hash, AttemptLogDocument.class);
			Optional<AttemptLog> next = change.apply(found == null ? AttemptLog.EMPTY : found.log());
			if (next.isEmpty()) return false;
			Duration kept = next.get().isFamiliar() ? FAMILIAR_KEPT : UNFAMILIAR_KEPT;
			try {
				mongo.save(AttemptLogDocument.of(hash, next.get(), clock.instant().plus(kept),
						found == null ? 0 : found.revision()));
				return true;
			} catch (OptimisticLockingFailureException | DuplicateKeyException _) {
				// Somebody else was quicker.
			}
		}
	}
}
