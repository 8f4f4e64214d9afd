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
import org.springframework.stereotype.Component;

/** The keys that sign tokens, in MongoDB, so that every instance signs and serves the same ones and a restart ends no session. */
@Component
class SigningKeys implements JWKSource<SecurityContext> {
	private static final Duration RELOADED_AFTER = Duration.ofMinutes(1);

	private final MongoCollection<Document> collection;
	private final Clock clock;
	private volatile JWKSet keys;
	private volatile Instant loadedAt;

	SigningKeys(MongoDatabase database, Clock clock) {
		this.collection = database.getCollection("signing-keys");
		this.clock = clock;
		if (collection.find().first() == null) createFirst();
		this.keys = load();
		this.loadedAt = clock.instant();
	}

	@Override
	public List<JWK> get(JWKSelector selector, SecurityContext context) {
		if (clock.instant().isAfter(loadedAt.plus(RELOADED_AFTER))) {
			keys = load();
			loadedAt = clock.instant();
		}
		return selector.select(keys);
	}

	/** Of several instances that start together, the first makes the key. */
	private void createFirst() {
		try {
			RSAKey key = new RSAKeyGenerator(2048).keyUse(KeyUse.SIGNATURE).algorithm(JWSAlgorithm.RS256)
					.keyIDFromThumbprint(true).generate();
			collection.insertOne(new Document("_id", 1).append("jwk", key.toJSONString()).append("createdAt",
					Date.from(clock.instant())));
		} catch (MongoWriteException e) {
			if (ErrorCategory.fromErrorCode(e.getCode()) != ErrorCategory.DUPLICATE_KEY) throw e;
		} catch (JOSEException e) {
			throw new IllegalStateException("no signing key could be made", e);
		}
	}

	private JWKSet load() {
		List<JWK> loaded = new ArrayList<>();
		for (Document document : collection.find().sort(Sorts.descending("_id"))) {
			try {
				loaded.add(JWK.parse(document.getString("jwk")));
			} catch (ParseException e) {
				throw new IllegalStateException("a signing key cannot be read", e);
			}
		}
		return new JWKSet(loaded);
	}
}
