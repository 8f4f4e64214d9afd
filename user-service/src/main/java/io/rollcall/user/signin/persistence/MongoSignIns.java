package io.rollcall.user.signin.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.index.Index;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.signin.SignIn;
import io.rollcall.user.signin.SignIns;

import static org.springframework.data.mongodb.core.query.Criteria.where;

/** Sign-ins by their sid. The browser's secret is the sid and 256 random bits, of which the hash is kept. */
@Repository
class MongoSignIns implements SignIns {
	private static final String SEPARATOR = ".";
	/** So long is a part of time that sign-ins are found by: no index of the database of one machine knows what is later than a moment. */
	private static final Duration PART = Duration.ofSeconds(10);
	/** From more than these on it is less to read everything. */
	private static final int MOST_PARTS = 360;

	private final MongoTemplate mongo;
	private final Settings settings;
	private final Clock clock;

	MongoSignIns(MongoTemplate mongo, Retention retention, Settings settings, Clock clock) {
		this.mongo = mongo;
		this.settings = settings;
		this.clock = clock;
		retention.keep("sign-ins", "expiresAt", Duration.ZERO);
		retention.keep("latest-sign-ins", "at", settings.remembered());
		mongo.indexOps(Latest.class).createIndex(new Index().on("part", Sort.Direction.ASC));
	}

	/**
	 * Kept long after the sign-in itself is over: all that tells whether an account is still in use.
	 *
	 * @param part of time in which it was; absent in what older releases wrote
	 */
	@Document("latest-sign-ins")
	record Latest(@MongoId UUID account, Instant at, @Nullable Long part) {}

	@Override
	public String open(SignIn signIn) {
		String random = Secrets.random();
		mongo.insert(
				new SignInDocument(signIn.sid(), Secrets.sha256(random), signIn.accountId(), signIn.site(), signIn.at(),
						signIn.credentials(), signIn.complete(), clock.instant().plus(settings.pages()),
						signIn.at().plus(settings.lifetime()), signIn.authorizationId()));
		mongo.update(Latest.class).matching(where(Latest::account).is(signIn.accountId()))
				.apply(new Update().max("at", signIn.at()).max("part", part(signIn.at()))).upsert();
		return signIn.sid() + SEPARATOR + random;
	}

	@Override
	public Optional<SignIn> find(String secret) {
		int end = secret.indexOf(SEPARATOR);
		UUID sid = end < 0 ? null : uuid(secret.substring(0, end));
		if (sid == null) return Optional.empty();
		return stored(sid)
				.filter(it -> Secrets.matches(secret.substring(end + 1), it.sha256()) && isBefore(it.pagesUntil()))
				.map(SignInDocument::signIn);
	}

	@Override
	public Map<UUID, Instant> latest(Collection<UUID> accounts) {
		if (accounts.isEmpty()) return Map.of();
		return mongo.find(new Query(where(Latest::account).in(accounts)), Latest.class).stream()
				.collect(Collectors.toMap(Latest::account, Latest::at));
	}

	@Override
	public void forEachLatest(BiConsumer<UUID, Instant> action) {
		try (Stream<Latest> all = mongo.stream(new Query(), Latest.class)) {
			all.forEach(it -> action.accept(it.account(), it.at()));
		}
	}

	@Override
	public Map<UUID, Instant> latestSince(Instant since) {
		Map<UUID, Instant> latest = new HashMap<>();
		long first = part(since);
		long last = part(clock.instant()) + 1; // the clock of another instance may be a little ahead
		if (last - first > MOST_PARTS) {
			forEachLatest(latest::put);
		} else {
			List<Long> parts = LongStream.rangeClosed(first, last).boxed().toList();
			mongo.find(new Query(where(Latest::part).in(parts)), Latest.class)
					.forEach(it -> latest.put(it.account(), it.at()));
		}
		return latest;
	}

	private static long part(Instant at) {
		return at.getEpochSecond() / PART.toSeconds();
	}

	private static @Nullable UUID uuid(String text) {
		try {
			return UUID.fromString(text);
		} catch (IllegalArgumentException _) {
			return null;
		}
	}

	@Override
	public Optional<SignIn> find(UUID sid) {
		return stored(sid).map(SignInDocument::signIn);
	}

	private Optional<SignInDocument> stored(UUID sid) {
		return Optional.ofNullable(mongo.findById(sid, SignInDocument.class)).filter(it -> isBefore(it.expiresAt()));
	}

	private boolean isBefore(Instant end) {
		return clock.instant().isBefore(end);
	}

	@Override
	public void admit(UUID sid, Instant credential, String authorizationId) {
		mongo.update(SignInDocument.class).matching(where(SignInDocument::sid).is(sid))
				.apply(new Update().push(SignInDocument::credentials, credential)
						.set(SignInDocument::authorization, authorizationId)
						.set(SignInDocument::pagesUntil, clock.instant()))
				.first();
	}

	@Override
	public void end(UUID sid) {
		mongo.remove(SignInDocument.class).matching(where(SignInDocument::sid).is(sid)).one();
	}
}
