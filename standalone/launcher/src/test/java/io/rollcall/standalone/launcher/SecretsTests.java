package io.rollcall.standalone.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.crypto.ECDHEncrypter;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsTests {
	@TempDir
	Path directory;

	@Test
	void areMadeOnceAndForTheOwnersEyesOnly() throws Exception {
		var secrets = Secrets.in(directory.resolve("secrets"));
		String first = secrets.bootstrapClientSecret();
		byte[] keys = Files.readAllBytes(secrets.privateKeys());

		assertThat(Secrets.in(directory.resolve("secrets")).bootstrapClientSecret()).isEqualTo(first).hasSize(43);
		assertThat(secrets.privateKeys()).hasBinaryContent(keys);
		assertThat(Set.of(first, secrets.portalClientSecret(), secrets.trainingClientSecret())).hasSize(3);
		for (Path file : new Path[]{secrets.bootstrapClient(), secrets.portalClient(),
				secrets.trainingClient(), secrets.keyEncryption(), secrets.privateKeys(), secrets.publicKey()}) {
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		}
	}

	@Test
	void letOneHolderEncryptWhatOnlyTheOtherReads() throws Exception {
		var secrets = Secrets.in(directory);
		var publicKey = JWK.parse(Files.readString(secrets.publicKey()));
		assertThat(publicKey.isPrivate()).isFalse();
		var mail = new JWEObject(new JWEHeader.Builder(JWEAlgorithm.ECDH_ES, EncryptionMethod.A256GCM)
				.keyID(publicKey.getKeyID()).build(), new Payload("a password"));
		mail.encrypt(new ECDHEncrypter(publicKey.toECKey()));

		var privateKey = JWKSet.parse(Files.readString(secrets.privateKeys())).getKeyByKeyId(publicKey.getKeyID());
		var received = JWEObject.parse(mail.serialize());
		received.decrypt(new ECDHDecrypter(privateKey.toECKey()));
		assertThat(received.getPayload().toString()).isEqualTo("a password");
	}
}
