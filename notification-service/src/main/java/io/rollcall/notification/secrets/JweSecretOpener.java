package io.rollcall.notification.secrets;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.notification.Mail;
import io.rollcall.notification.MailKind;
import io.rollcall.notification.SecretOpener;
import io.rollcall.notification.Site;

/**
 * Opens JWEs (RFC 7516) with the private keys of a JWK set file (RFC 7517): ECDH-ES on P-256, with A256KW or without, and
 * A256GCM, nothing else. A
 * key is replaced by adding the new one beside the old; the file is read again when a secret names a key that is not here.
 */
@Component
class JweSecretOpener implements SecretOpener {
	private static final Logger LOG = LoggerFactory.getLogger(JweSecretOpener.class);
	private static final Set<JWEAlgorithm> ALGORITHMS = Set.of(JWEAlgorithm.ECDH_ES, JWEAlgorithm.ECDH_ES_A256KW);
	private static final TypeReference<Map<Site, String>> PASSWORDS = new TypeReference<>() {
	};

	/** @param privateKeyFile a JWK set; every key has a {@code kid} */
	@ConfigurationProperties("rollcall.secrets")
	record SecretsSettings(Path privateKeyFile) {}

	private final JsonMapper json;
	private final Path file;
	private volatile Map<String, JWEDecrypter> keys;

	JweSecretOpener(SecretsSettings settings, JsonMapper json) {
		this.json = json;
		this.file = settings.privateKeyFile();
		this.keys = read(file);
		LOG.info("Keys that open secrets: {}", keys.keySet());
	}

	private static Map<String, JWEDecrypter> read(Path file) {
		try {
			return JWKSet.load(file.toFile()).getKeys().stream()
					.collect(Collectors.toUnmodifiableMap(JWK::getKeyID, JweSecretOpener::decrypter));
		} catch (IOException | ParseException | RuntimeException e) {
			// without the cause: a parser's text repeats what it read
			throw new IllegalStateException("no usable JWK set in the file of rollcall.secrets.private-key-file ("
					+ e.getClass().getName() + ")");
		}
	}

	private static JWEDecrypter decrypter(JWK key) {
		try {
			return new EphemeralAgreements((ECKey) key);
		} catch (JOSEException e) {
			throw new IllegalArgumentException("not a private EC key");
		}
	}

	@Override
	public Secrets open(Mail mail) {
		String plaintext = decrypt(mail);
		if (mail.kind() != MailKind.PASSWORD) return _ -> plaintext;
		try {
			Map<Site, String> passwords = json.readValue(plaintext, PASSWORDS);
			return of -> password(passwords, of.site());
		} catch (JacksonException e) {
			throw new Unreadable("not passwords by site");
		}
	}

	private static String password(Map<Site, String> passwords, @Nullable Site site) {
		String password = site == null ? null : passwords.get(site);
		if (password == null) throw new Unreadable("no password for the site");
		return password;
	}

	private String decrypt(Mail mail) {
		JWEObject jwe = parsed(mail.sealedSecret());
		JWEHeader header = jwe.getHeader();
		JWEAlgorithm algorithm = header.getAlgorithm(); // null for what has an empty header
		if (algorithm == null || !ALGORITHMS.contains(algorithm)
				|| !EncryptionMethod.A256GCM.equals(header.getEncryptionMethod()))
			throw new Unreadable("another algorithm than ECDH-ES, with A256KW or without, and A256GCM");
		JWEDecrypter key = key(String.valueOf(header.getKeyID()));
		try {
			jwe.decrypt(key);
			return jwe.getPayload().toString();
		} catch (JOSEException | RuntimeException e) {
			throw new Unreadable("not a JWE to us: " + e.getClass().getName());
		}
	}

	private static JWEObject parsed(@Nullable String sealed) {
		if (sealed == null) throw new Unreadable("no sealed secret");
		try {
			return JWEObject.parse(sealed);
		} catch (ParseException | RuntimeException e) { // the parser meets missing parts with a NullPointerException
			throw new Unreadable("not a JWE: " + e.getClass().getName());
		}
	}

	private JWEDecrypter key(String id) {
		JWEDecrypter key = keys.get(id);
		if (key == null) {
			keys = read(file);
			key = keys.get(id);
		}
		if (key == null) throw new KeyMissing("no key of this id");
		return key;
	}
}
