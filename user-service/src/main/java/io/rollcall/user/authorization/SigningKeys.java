package io.rollcall.user.authorization;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.data.domain.Sort;
import org.springframework.data.mongodb.core.MongoTemplate;
import org.springframework.data.mongodb.core.mapping.Document;
import org.springframework.data.mongodb.core.mapping.MongoId;
import org.springframework.data.mongodb.core.query.Query;
import org.springframework.data.mongodb.core.query.Update;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import static java.util.Objects.requireNonNull;
import static org.springframework.data.mongodb.core.query.Criteria.where;

/**
 * The keys that sign tokens, in MongoDB, so that every instance signs and serves the same ones and a restart ends no session.
 * From time to time there is a new one. It is published before it signs, so that every service knows it when the first token
 * comes, and an old one stays published for as long as anything that it signed is of use. What is stored is encrypted
 * ({@link KeyEncryption}).
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

	/** @param createdAt in place of {@code signsFrom} in the first key of an older data folder: when it was made */
	@Document("signing-keys")
	record Stored(@MongoId int number, String jwk, @Nullable Instant signsFrom, @Nullable Instant createdAt) {}

	private record Key(int number, JWK jwk, Instant signsFrom) {}

	private final MongoTemplate mongo;
	private final KeyEncryption encryption;
	private final Settings settings;
	private final int bits;
	private final Clock clock;
	private volatile List<Key> keys;
	private volatile Instant loadedAt;

	@Autowired
	SigningKeys(MongoTemplate mongo, KeyEncryption encryption, Settings settings, Clock clock) {
		this(mongo, encryption, settings, BITS, clock);
	}

	SigningKeys(MongoTemplate mongo, KeyEncryption encryption, Settings settings, int bits, Clock clock) {
		this.mongo = mongo;
		this.encryption = encryption;
		this.settings = settings;
		this.bits = bits;
		this.clock = clock;
		if (!mongo.exists(new Query(), Stored.class)) create(1, clock.instant());
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
				mongo.remove(Stored.class).matching(where(Stored::number).is(all.get(i).number())).one();
			}
		}
		reload();
	}

	/** Of several instances that do this together, the first makes the key. */
	private void create(int number, Instant signsFrom) {
		try {
			RSAKey key = new RSAKeyGenerator(bits).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256)
					.keyIDFromThumbprint(true).generate();
			mongo.insert(new Stored(number, encryption.encrypt(key), signsFrom, null));
			LOG.info("Made signing key {}, which signs from {}", number, signsFrom);
		} catch (DuplicateKeyException _) {
			// Another instance's.
		} catch (JOSEException e) {
			throw new IllegalStateException("no signing key could be made", e);
		}
	}

	/** Those of an older data folder, which are not encrypted, and those under an encryption key that was replaced. */
	private void encryptAnew() {
		for (Stored key : mongo.findAll(Stored.class)) {
			if (encryption.isCurrent(key.jwk())) continue;
			mongo.update(Stored.class).matching(where(Stored::number).is(key.number()))
					.apply(Update.update(Stored::jwk, encryption.encrypt(read(key.jwk())))).first();
			LOG.info("Encrypted signing key {} under the present key", key.number());
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
		return mongo.find(new Query().with(Sort.by(Sort.Direction.DESC, "number")), Stored.class).stream()
				.map(it -> new Key(it.number(), read(it.jwk()),
						requireNonNull(it.signsFrom() == null ? it.createdAt() : it.signsFrom())))
				.toList();
	}
}
