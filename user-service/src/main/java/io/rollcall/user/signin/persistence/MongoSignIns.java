package io.rollcall.user.signin.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.MongoTemplate;
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

	private final MongoTemplate mongo;
	private final Settings settings;
	private final Clock clock;

	MongoSignIns(MongoTemplate mongo, Retention retention, Settings settings, Clock clock) {
		this.mongo = mongo;
		this.settings = settings;
		this.clock = clock;
		retention.keep("sign-ins", "expiresAt", Duration.ZERO);
		retention.keep("latest-sign-ins", "at", settings.remembered());
	}

	/** Kept long after the sign-in itself is over: all that tells whether an account is still in use. */
	@Document("latest-sign-ins")
	record Latest(@MongoId UUID account, Instant at) {}

	@Override
	public String open(SignIn signIn) {
		String random = Secrets.random();
		mongo.insert(
				new SignInDocument(signIn.sid(), Secrets.sha256(random), signIn.accountId(), signIn.site(), signIn.at(),
						signIn.credentials(), signIn.complete(), clock.instant().plus(settings.pages()),
						signIn.at().plus(settings.lifetime()), signIn.authorizationId()));
		mongo.update(Latest.class).matching(where(Latest::account).is(signIn.accountId()))
				.apply(new Update().max("at", signIn.at())).upsert();
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
