package io.rollcall.user.authorization;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import static com.mongodb.client.model.Filters.eq;

/**
 * The keys that sign tokens, in MongoDB, so that every instance signs and serves the same ones and a restart ends no session.
 * From time to time there is a new one. It is published before it signs, so that every service knows it when the first token
 * comes, and an old one stays published for as long as anything that it signed is of use. What is stored is encrypted
 * ({@link KeyEncryption}).
 *
 * <pre>{ _id: number, jwk: JWE, signsFrom }</pre>
 */
@Component
class SigningKeys implements JWKSource<SecurityContext> {
	private static final Logger LOG = LoggerFactory.getLogger(SigningKeys.class);
	/** 128 bits of security (NIST SP 800-57 Part 1, table 2). */
	private static final int BITS = 3072;
	private static final Duration RELOADED_AFTER = Duration.ofMinutes(1);
	/** Longer than any service keeps the published keys without asking again. */
	private static final Duration PUBLISHED_BEFORE = Duration.ofHours(1);
	/** An ID token may come back when somebody signs out, hours after it has expired. */
	private static final Duration PUBLISHED_AFTER = Duration.ofHours(24);

	/** @param lifetime for how long a key signs */
	@ConfigurationProperties("rollcall.signing-keys")
	record Settings(@DefaultValue("90d") Duration lifetime) {}

	private record Key(int number, JWK jwk, Instant signsFrom) {}

	private final MongoCollection<Document> collection;
	private final KeyEncryption encryption;
	private final Settings settings;
	private final Clock clock;
	private volatile List<Key> keys;
	private volatile Instant loadedAt;

	SigningKeys(MongoDatabase database, KeyEncryption encryption, Settings settings, Clock clock) {
		this.collection = database.getCollection("signing-keys");
		this.encryption = encryption;
		this.settings = settings;
		this.clock = clock;
		if (collection.find().first() == null) create(1, clock.instant());
		encryptAnew();
		this.keys = load();
		this.loadedAt = clock.instant();
	}

	/** All that are published. */
	@Override
	public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
		return selector.select(new JWKSet(current().stream().map(Key::jwk).toList()));
	}

	/** The one that signs. */
	List<JWK> signing(JWKSelector selector, @Nullable SecurityContext context) {
		Instant now = clock.instant();
		List<Key> all = current();
		Key signing = all.stream().filter(key -> !key.signsFrom().isAfter(now)).findFirst().orElseGet(all::getLast);
		return selector.select(new JWKSet(signing.jwk()));
	}

	private List<Key> current() {
		if (clock.instant().isAfter(loadedAt.plus(RELOADED_AFTER))) reload();
		return keys;
	}

	private void reload() {
		keys = load();
		loadedAt = clock.instant();
	}

	/** Makes the next key in time, and takes away those that nothing needs any more. */
	@Scheduled(fixedDelayString = "${rollcall.signing-keys.rotation-interval:10m}")
	void rotate() {
		Instant now = clock.instant();
		List<Key> all = load();
		Key newest = all.getFirst();
		if (now.isAfter(newest.signsFrom().plus(settings.lifetime()).minus(PUBLISHED_BEFORE))) {
			create(newest.number() + 1, now.plus(PUBLISHED_BEFORE));
		}
		for (int i = 1; i < all.size(); i++) {
			// In order of age: what is before it has taken over from it.
			if (now.isAfter(all.get(i - 1).signsFrom().plus(PUBLISHED_AFTER))) {
				collection.deleteOne(eq("_id", all.get(i).number()));
			}
		}
		reload();
	}

	/** Of several instances that do this together, the first makes the key. */
	private void create(int number, Instant signsFrom) {
		try {
			RSAKey key = new RSAKeyGenerator(BITS).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256)
					.keyIDFromThumbprint(true).generate();
			collection.insertOne(new Document("_id", number).append("jwk", encryption.encrypt(key))
					.append("signsFrom", Date.from(signsFrom)));
			LOG.info("Made signing key {}, which signs from {}", number, signsFrom);
		} catch (MongoWriteException e) {
			if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) throw e;
		} catch (JOSEException e) {
			throw new IllegalStateException("no signing key could be made", e);
		}
	}

	/** Those of an older data folder, which are not encrypted, and those under an encryption key that was replaced. */
	private void encryptAnew() {
		for (Document document : collection.find()) {
			String stored = document.getString("jwk");
			if (encryption.isCurrent(stored)) continue;
			collection.updateOne(eq("_id", document.getInteger("_id")),
					Updates.set("jwk", encryption.encrypt(read(stored))));
			LOG.info("Encrypted signing key {} under the present key", document.getInteger("_id"));
		}
	}

	private JWK read(String stored) {
		if (!stored.startsWith("{")) return encryption.decrypt(stored);
		try {
			return JWK.parse(stored);
		} catch (ParseException e) {
			throw new IllegalStateException("a signing key cannot be read", e);
		}
	}

	/** The newest first. */
	private List<Key> load() {
		List<Key> loaded = new ArrayList<>();
		for (Document document : collection.find().sort(Sorts.descending("_id"))) {
			// The first key of an older data folder says when it was made instead.
			Date signsFrom = document.containsKey("signsFrom")
					? document.getDate("signsFrom")
					: document.getDate("createdAt");
			loaded.add(
					new Key(document.getInteger("_id"), read(document.getString("jwk")), signsFrom.toInstant()));
		}
		return List.copyOf(loaded);
	}
}
