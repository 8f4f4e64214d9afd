package io.rollcall.gateway;

import java.util.Optional;

/** The token that a request brings along itself. */
public final class BearerToken {
	private static final String SCHEME = "Bearer ";

	private BearerToken() {}

	/** @param authorization the header's value (RFC 6750); a scheme's case does not matter (RFC 9110, 11.1) */
	public static Optional<String> of(String authorization) {
		return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
				? Optional.of(authorization.substring(SCHEME.length()))
				: Optional.empty();
	}
}
