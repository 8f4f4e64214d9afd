package io.rollcall.platform.security;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;

/** A verified access token; the principal is the {@link Caller}, so controllers ask for it by {@code @AuthenticationPrincipal}. */
final class CallerAuthentication extends AbstractAuthenticationToken {
	private static final long serialVersionUID = 1;

	private final transient Caller caller;
	private final transient Jwt token;

	private CallerAuthentication(Caller caller, Jwt token) {
		super(caller.authorities());
		this.caller = caller;
		this.token = token;
		setAuthenticated(true);
	}

	static CallerAuthentication of(Jwt token) {
		return new CallerAuthentication(Caller.of(token), token);
	}

	@Override
	public Object getPrincipal() {
		return caller;
	}

	@Override
	public Object getCredentials() {
		return token;
	}

	@Override
	public String getName() {
		return caller.accountId();
	}
}
