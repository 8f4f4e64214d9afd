package io.rollcall.user.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEObject;
import com.nimbusds.jose.crypto.ECDHDecrypter;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Notification-service's key, so that a test can read what only that service may. */
public record SecretsKey(ECKey key, Path publicKeyFile) {
	public static SecretsKey generate() {
		try {
			ECKey key = new ECKeyGenerator(Curve.P_256).keyID("test").generate();
			Path file = Files.createTempFile("secrets", ".jwk");
			file.toFile().deleteOnExit();
			Files.writeString(file, key.toPublicJWK().toJSONString());
			return new SecretsKey(key, file);
		} catch (JOSEException e) {
			throw new IllegalStateException(e);
		} catch (IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	public JsonNode decrypt(String jwe) throws Exception {
		return JsonMapper.shared().readTree(decryptText(jwe));
	}

	public String decryptText(String jwe) throws Exception {
		JWEObject object = JWEObject.parse(jwe);
		object.decrypt(new ECDHDecrypter(key));
		return object.getPayload().toString();
	}
}
