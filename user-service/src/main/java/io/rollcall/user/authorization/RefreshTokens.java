package io.rollcall.user.authorization;

import java.time.Clock;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenGenerator;

import io.rollcall.user.credential.Secrets;
import io.rollcall.user.signin.SignIns;

/**
 * Refresh tokens: the id of the authorization and 256 random bits. By the id the whole family of tokens that followed each other
 * is found, so that any but the latest gives itself away. They are good until the password must be asked for again.
 */
final class RefreshTokens implements OAuth2TokenGenerator<OAuth2RefreshToken> {
	private static final String SEPARATOR = ".";

	private final SignIns.Settings settings;
	private final Clock clock;

	RefreshTokens(SignIns.Settings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
	}

	@Override
	public @Nullable OAuth2RefreshToken generate(OAuth2TokenContext context) {
		OAuth2Authorization authorization = context.getAuthorization();
		if (!OAuth2TokenType.REFRESH_TOKEN.equals(context.getTokenType()) || authorization == null
				|| !(context.getPrincipal() instanceof SignedIn signedIn)) {
			return null;
		}
		Instant now = clock.instant();
		Instant end = signedIn.at().plus(settings.lifetime());
		return new OAuth2RefreshToken(authorization.getId() + SEPARATOR + Secrets.random(), now,
				end.isAfter(now) ? end : now.plusMillis(1));
	}

	/** Whose it is, if it looks like one. */
	static @Nullable String authorizationId(String token) {
		int end = token.indexOf(SEPARATOR);
		return end <= 0 ? null : token.substring(0, end);
	}
}
