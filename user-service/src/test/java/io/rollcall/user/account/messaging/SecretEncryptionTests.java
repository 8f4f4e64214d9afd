package io.rollcall.user.account.messaging;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SecretEncryptionTests {
	@TempDir
	Path folder;

	private SecretEncryption encryption(ECKey key) throws Exception {
		Path file = Files.writeString(folder.resolve("key.json"), key.toPublicJWK().toJSONString());
		return new SecretEncryption(new SecretEncryption.Settings(file), JsonMapper.shared());
	}

	@Test
	void secretsOpenWithAnyImplementationAndShareNothingButTheKeyAgreement() throws Exception {
		ECKey key = new ECKeyGenerator(Curve.P_256).keyID("one").generate();
		var encryption = encryption(key);
		List<JWEObject> sealed = new ArrayList<>();
		for (int i = 0; i < 50; i++)
			sealed.add(JWEObject.parse(encryption.encrypt(Map.of("PORTAL", "secret" + i))));

		for (int i = 0; i < sealed.size(); i++) {
			sealed.get(i).decrypt(new ECDHDecrypter(key));
			assertThat(sealed.get(i).getPayload().toString()).isEqualTo("{\"PORTAL\":\"secret" + i + "\"}");
			assertThat(sealed.get(i).getHeader().getKeyID()).isEqualTo("one");
		}
		assertThat(sealed.stream().map(jwe -> jwe.getHeader().getEphemeralPublicKey()).distinct()).hasSize(1);
		assertThat(sealed.stream().map(jwe -> jwe.getEncryptedKey().toString()).distinct()).hasSize(50);
		assertThat(sealed.stream().map(jwe -> jwe.getIV().toString()).distinct()).hasSize(50);
	}

	@Test
	void oneKeyAgreementServesOnlySoManySecrets() throws Exception {
		var encryption = encryption(new ECKeyGenerator(Curve.P_256).keyID("one").generate());
		var ephemeral = new HashSet<Object>();
		for (int i = 0; i < SecretEncryption.SECRETS + 1; i++)
			ephemeral.add(JWEObject.parse(encryption.encrypt(Map.of())).getHeader().getEphemeralPublicKey());
		assertThat(ephemeral).hasSizeGreaterThan(1);
	}

	@Test
	void keyOnAnotherCurveIsRefusedAtTheStart() throws Exception {
		ECKey other = new ECKeyGenerator(Curve.P_384).keyID("other").generate();
		assertThatThrownBy(() -> encryption(other)).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("EC P-256");
	}
}
