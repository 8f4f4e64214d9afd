package io.rollcall.gateway.signin;

import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;

import com.nimbusds.jwt.JWTParser;

/**
 * What a session may do: an access token, and what gets the next one.
 *
 * @param expiresAt of the access token
 * @param idToken what says at the sign-out who signs out
 */
record Tokens(String access, Instant expiresAt, String refresh, String idToken) {
	/** A token that ends on its way to the service is of no use. */
	private static final Duration SOON = Duration.ofSeconds(5);

	boolean expireSoon(Instant now) {
		return !now.plus(SOON).isBefore(expiresAt);
	}

	/** Whose they are: the id of the account that has signed in. */
	String account() {
		try {
			return JWTParser.parse(idToken).getJWTClaimsSet().getSubject(); // it was verified when it came
		} catch (ParseException e) {
			throw new IllegalStateException(e);
		}
	}

	/** Never shows what it holds. */
	@Override
	public String toString() {
		return "Tokens until " + expiresAt;
	}
}
