package io.rollcall.user.signin.persistence;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Repository;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.credential.Secrets;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.SignIn;
import io.rollcall.user.signin.SignIns;

import static com.mongodb.client.model.Filters.eq;

/**
 * Sign-ins by their sid. The browser's secret is the sid and 256 random bits, of which the hash is kept: what stands here opens
 * nothing.
 *
 * <pre>{ _id: sid, sha256, account, site, at, credentials: [dates], complete, pagesUntil, expiresAt }</pre>
 */
@Repository
class MongoSignIns implements SignIns {
	private static final String SEPARATOR = ".";

	private final MongoCollection<Document> signIns;
	private final Settings settings;
	private final Clock clock;

	MongoSignIns(MongoDatabase database, Retention retention, Settings settings, Clock clock) {
		this.signIns = database.getCollection("sign-ins");
		this.settings = settings;
		this.clock = clock;
		retention.keep("sign-ins", "expiresAt", Duration.ZERO);
	}

	@Override
	public String open(SignIn signIn) {
		String random = Secrets.random();
		signIns.insertOne(new Document("_id", signIn.sid()).append("sha256", Secrets.sha256(random))
				.append("account", signIn.accountId()).append("site", signIn.site().name())
				.append("at", Date.from(signIn.at()))
				.append("credentials", signIn.credentials().stream().map(Date::from).toList())
				.append("complete", signIn.complete())
				.append("pagesUntil", Date.from(clock.instant().plus(settings.pages())))
				.append("expiresAt", Date.from(signIn.at().plus(settings.lifetime()))));
		return signIn.sid() + SEPARATOR + random;
	}

	@Override
	public Optional<SignIn> find(String secret) {
		int end = secret.indexOf(SEPARATOR);
		UUID sid = end < 0 ? null : uuid(secret.substring(0, end));
		if (sid == null) return Optional.empty();
		Document found = signIns.find(eq("_id", sid)).first();
		boolean good = found != null && Secrets.matches(secret.substring(end + 1), found.getString("sha256"))
				&& isBefore(found.getDate("pagesUntil"));
		return good ? read(found) : Optional.empty();
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
		return read(signIns.find(eq("_id", sid)).first());
	}

	private Optional<SignIn> read(@Nullable Document document) {
		if (document == null || !isBefore(document.getDate("expiresAt"))) return Optional.empty();
		return Optional.of(new SignIn(document.get("_id", UUID.class), document.get("account", UUID.class),
				Site.valueOf(document.getString("site")), document.getDate("at").toInstant(),
				document.getList("credentials", Date.class).stream().map(Date::toInstant).toList(),
				document.getBoolean("complete")));
	}

	private boolean isBefore(Date end) {
		return clock.instant().isBefore(end.toInstant());
	}

	@Override
	public void admit(UUID sid, Instant credential) {
		signIns.updateOne(eq("_id", sid), Updates.push("credentials", Date.from(credential)));
	}

	@Override
	public void end(UUID sid) {
		signIns.deleteOne(eq("_id", sid));
	}
}
