package io.rollcall.user.authorization;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.mongodb.core.MongoTemplate;

import io.rollcall.platform.testing.PersistenceContext;
import io.rollcall.testing.Backend;
import io.rollcall.testing.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SigningKeysTests {
	private static final Duration LIFETIME = Duration.ofDays(90);
	private static final SigningKeys.Settings SETTINGS = new SigningKeys.Settings(LIFETIME);
	/** A key of 3,072 bits takes five times as long. */
	private static final int QUICKLY_MADE = 2048;
	private static final JWKSelector ALL = new JWKSelector(new JWKMatcher.Builder().build());
	private static final String OLD = encryptionKey("the first of two encryption keys");
	private static final String NEW = encryptionKey("the other of two encryption keys");

	private final ManualClock time = new ManualClock(Instant.parse("2026-11-24T08:00:00Z"));
	private final PersistenceContext context = PersistenceContext.on(Backend.EMBEDDED, time.instant()).start();
	private final MongoCollection<Document> stored = context.get(MongoDatabase.class).getCollection("signing-keys");

	@AfterEach
	void close() {
		context.close();
	}

	@Test
	void keysLieEncryptedInTheDatabaseTheFirstAndTheNext() {
		SigningKeys keys = keys(OLD);
		JWK first = signing(keys);
		assertThat(first.isPrivate()).isTrue();
		time.advance(LIFETIME);
		keys.rotate();

		List<JWK> both = keys.get(ALL, null);
		assertThat(both).hasSize(2);
		for (Document document : stored.find()) {
			assertThat(document.toJson()).doesNotContain(
					both.stream().map(key -> ((RSAKey) key).getPrivateExponent().toString()).toList());
		}
		assertThat(keys(OLD).get(ALL, null)).as("after a restart").containsExactlyInAnyOrderElementsOf(both);
	}

	/** NIST SP 800-57 Part 1, table 2: 128 bits of security. */
	@Test
	void keysAreAsStrongAsAllElse() {
		var keys = new SigningKeys(context.get(MongoTemplate.class), encryption(OLD), SETTINGS, time);
		assertThat(signing(keys).size()).isGreaterThanOrEqualTo(3072);
	}

	@Test
	void aKeyOfAnOlderDataFolderIsEncryptedAtTheStart() throws Exception {
		RSAKey plain = new RSAKeyGenerator(2048).keyID("plain").generate();
		stored.insertOne(new Document("_id", 1).append("jwk", plain.toJSONString()).append("signsFrom",
				Date.from(time.instant())));

		assertThat(signing(keys(OLD))).isEqualTo(plain);

		assertThat(stored.find()).singleElement()
				.satisfies(it -> assertThat(it.toJson()).doesNotContain(plain.getPrivateExponent().toString()));
	}

	@Test
	void theSameKeysSignAfterAChangeOfTheEncryptionKey() {
		JWK key = signing(keys(OLD));

		assertThat(signing(keys(NEW, OLD))).isEqualTo(key);
		assertThat(signing(keys(NEW))).as("encrypted anew").isEqualTo(key);
		assertThatIllegalStateException().isThrownBy(() -> keys(OLD))
				.withMessageContaining("ROLLCALL_KEY_ENCRYPTION_KEY");
	}

	@Test
	void anEncryptionKeyThatIsNoneIsRefusedWithoutRepeatingIt() {
		for (String unusable : List.of("", "tooshort", "not base64url!"))
			assertThatIllegalStateException().isThrownBy(() -> keys(unusable))
					.withMessageContaining("ROLLCALL_KEY_ENCRYPTION_KEY").withMessageNotContaining("tooshort");
	}

	@Test
	void theNextKeyIsPublishedAnHourBeforeItSignsAndTheLastOneADayAfter() {
		SigningKeys keys = keys(OLD);
		JWK first = signing(keys);

		time.advance(LIFETIME);
		keys.rotate();
		List<JWK> published = keys.get(ALL, null);
		assertThat(published).hasSize(2).contains(first);
		assertThat(signing(keys)).isEqualTo(first);

		time.advance(Duration.ofHours(1));
		JWK second = signing(keys);
		assertThat(published).contains(second);
		assertThat(second).isNotEqualTo(first);

		time.advance(Duration.ofHours(23));
		keys.rotate();
		assertThat(keys.get(ALL, null)).contains(first);
		time.advance(Duration.ofHours(2));
		keys.rotate();
		assertThat(keys.get(ALL, null)).containsExactly(second);
	}

	private SigningKeys keys(String... encryptionKeys) {
		return new SigningKeys(context.get(MongoTemplate.class), encryption(encryptionKeys), SETTINGS, QUICKLY_MADE,
				time);
	}

	private static KeyEncryption encryption(String... keys) {
		return new KeyEncryption(new KeyEncryption.Settings(List.of(keys)));
	}

	private static JWK signing(SigningKeys keys) {
		return keys.signing(ALL, null).getFirst();
	}

	private static String encryptionKey(String of32Letters) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(of32Letters.getBytes());
	}
}
