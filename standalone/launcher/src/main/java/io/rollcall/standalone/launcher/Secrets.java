package io.rollcall.standalone.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

/**
 * The secrets of one installation, made at its first start and kept in files that their owner alone can read.
 *
 * @param bootstrapClient the file with the secret of the API client {@code bootstrap}
 * @param portalClient the file with the secret by which the portal's gateway signs people in
 * @param trainingClient the same of the training site's
 * @param keyEncryption the file with the key under which user-service encrypts the keys that sign tokens
 * @param publicKey a JWK file: what the user-service encrypts passwords to
 * @param privateKeys a JWK set file: what the notification-service decrypts them with
 */
record Secrets(Path bootstrapClient, Path portalClient, Path trainingClient, Path keyEncryption, Path publicKey,
		Path privateKeys) {

	static Secrets in(Path directory) {
		var secrets = new Secrets(directory.resolve("bootstrap-client-secret"),
				directory.resolve("portal-client-secret"), directory.resolve("training-client-secret"),
				directory.resolve("key-encryption-key"), directory.resolve("credentials-public.jwk"),
				directory.resolve("credentials-private.jwks"));
		try {
			OwnerOnly.folder(directory);
			for (Path secret : List.of(secrets.bootstrapClient(), secrets.portalClient(), secrets.trainingClient(),
					secrets.keyEncryption())) {
				if (!Files.exists(secret)) write(secret, random());
			}
			if (!Files.exists(secrets.privateKeys()) || !Files.exists(secrets.publicKey())) {
				var key = new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.ENCRYPTION).algorithm(JWEAlgorithm.ECDH_ES)
						.keyID(UUID.randomUUID().toString()).generate();
				write(secrets.privateKeys(), new JWKSet(key).toString(false));
				write(secrets.publicKey(), key.toPublicJWK().toJSONString());
			}
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		} catch (JOSEException e) {
			throw new IllegalStateException("This JDK cannot make an EC key", e);
		}
		return secrets;
	}

	private static String random() {
		byte[] random = new byte[32];
		new SecureRandom().nextBytes(random);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

	String bootstrapClientSecret() {
		return read(bootstrapClient);
	}

	String portalClientSecret() {
		return read(portalClient);
	}

	String trainingClientSecret() {
		return read(trainingClient);
	}

	/** 256 bits, base64url. */
	String keyEncryptionKey() {
		return read(keyEncryption);
	}

	private static String read(Path secret) {
		try {
			return Files.readString(secret);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** All of it or nothing: a half-written secret would stay for ever. */
	private static void write(Path file, String content) throws IOException {
		Path whole = file.resolveSibling(file.getFileName() + ".new");
		Files.deleteIfExists(whole);
		Files.writeString(OwnerOnly.file(whole), content);
		Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}
}
