package io.rollcall.user.authorization;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.springframework.security.authentication.AbstractAuthenticationToken;

import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.SignIn;

/** Somebody who has signed in to a site, as Spring Security wants to see them. The name is the account's id: {@code sub}. */
final class SignedIn extends AbstractAuthenticationToken {
	private static final long serialVersionUID = 1;

	private final UUID account;
	private final UUID sid;
	private final Site site;
	private final Instant at;

	SignedIn(UUID account, Site site, UUID sid, Instant at) {
		super(List.of());
		this.account = account;
		this.site = site;
		this.sid = sid;
		this.at = at;
		setAuthenticated(true);
	}

	static SignedIn by(SignIn signIn) {
		return new SignedIn(signIn.accountId(), signIn.site(), signIn.sid(), signIn.at());
	}

	UUID account() {
		return account;
	}

	UUID sid() {
		return sid;
	}

	Site site() {
		return site;
	}

	Instant at() {
		return at;
	}

	@Override
	public String getName() {
		return account.toString();
	}

	@Override
	public Object getPrincipal() {
		return getName();
	}

	@Override
	public Object getCredentials() {
		return "";
	}
}
