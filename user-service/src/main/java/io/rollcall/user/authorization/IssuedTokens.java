package io.rollcall.user.authorization;

import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.stereotype.Component;

/** Tokens that this server has issued, read back: signed by one of its keys, expired or not. */
@Component
class IssuedTokens {
	private final NimbusJwtDecoder decoder;
	private final Clients clients;

	IssuedTokens(SigningKeys keys, Issuer issuer, Clients clients) {
		this.decoder = NimbusJwtDecoder.withJwkSource(keys).jwsAlgorithm(SignatureAlgorithm.RS256).build();
		decoder.setJwtValidator(new JwtIssuerValidator(issuer.uri()));
		this.clients = clients;
	}

	/** @throws org.springframework.security.oauth2.jwt.JwtException when it is not one */
	Jwt decode(String token) {
		return decoder.decode(token);
	}

	/** @throws IllegalArgumentException when there is no such client any more */
	RegisteredClient client(String clientId) {
		RegisteredClient client = clients.findByClientId(clientId);
		if (client == null) throw new IllegalArgumentException("no such client");
		return client;
	}
}
