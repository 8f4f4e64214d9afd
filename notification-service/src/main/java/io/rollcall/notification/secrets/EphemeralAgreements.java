package io.rollcall.notification.secrets;

import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import javax.crypto.SecretKey;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEDecrypter;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.impl.ECDH;
import com.nimbusds.jose.crypto.impl.ECDHCryptoProvider;
import com.nimbusds.jose.crypto.utils.ECChecks;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import org.jspecify.annotations.Nullable;

/**
 * Opens with one private key. Many secrets come from one ephemeral key (ADR 16): what was agreed on is computed once for the last
 * few of those, since that costs a hundred times the rest.
 */
final class EphemeralAgreements extends ECDHCryptoProvider implements JWEDecrypter {
	private static final int REMEMBERED = 64;

	private final PrivateKey privateKey;
	private final ECKey own;
	private final Map<ECKey, SecretKey> agreed = new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
		private static final long serialVersionUID = 1;

		@Override
		protected boolean removeEldestEntry(Map.Entry<ECKey, SecretKey> eldest) {
			return size() > REMEMBERED;
		}
	};

	/** @param key with its private part, on P-256 */
	EphemeralAgreements(ECKey key) throws JOSEException {
		super(key.getCurve(), null);
		if (!Curve.P_256.equals(key.getCurve())) throw new JOSEException("not on P-256");
		this.own = key;
		this.privateKey = key.toECPrivateKey();
	}

	@Override
	public Set<Curve> supportedEllipticCurves() {
		return Set.of(Curve.P_256);
	}

	@Override
	public byte[] decrypt(JWEHeader header, @Nullable Base64URL encryptedKey, @Nullable Base64URL iv,
			Base64URL cipherText, @Nullable Base64URL authTag, byte[] aad) throws JOSEException {
		if (!(header.getEphemeralPublicKey() instanceof ECKey ephemeral)) throw new JOSEException("no ephemeral key");
		if (header.getCriticalParams() != null) throw new JOSEException("critical parameters");
		return decryptWithZ(header, aad, agreed(ephemeral), encryptedKey, iv, cipherText, authTag);
	}

	private synchronized SecretKey agreed(ECKey ephemeral) throws JOSEException {
		SecretKey known = agreed.get(ephemeral);
		if (known != null) return known;
		ECPublicKey theirs = ephemeral.toECPublicKey();
		// Else the answers to points of somebody's choice would tell our key.
		if (!ECChecks.isPointOnCurve(theirs, own.toECPublicKey().getParams())) {
			throw new JOSEException("the ephemeral key is not on the curve");
		}
		SecretKey fresh = ECDH.deriveSharedSecret(theirs, privateKey, null);
		agreed.put(ephemeral, fresh);
		return fresh;
	}
}
