package io.rollcall.user.signin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Account;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.Site;

/**
 * That somebody has signed in to a site. Every token stands on one: when it ends they end with it, at their next refresh, and so
 * does it when the account is deactivated or its password of that site is another than the one signed in with.
 *
 * @param sid names it in tokens ({@code sid} of OpenID Connect); says nothing about the cookie that proves it
 * @param at when the password was shown
 * @param credentials when the password signed in with came into force ({@link Credential#since}); two while it is being changed
 * @param complete whether nothing more is demanded before it is good for anything, as a password of one's own is
 * @param authorizationId the one authorization that has changed its password, and goes on alone; absent while any may stand on it
 */
public record SignIn(UUID sid, UUID accountId, Site site, Instant at, List<Instant> credentials, boolean complete,
		@Nullable String authorizationId) {
	/** One that has just been made. */
	static SignIn of(UUID accountId, Site site, Instant at, Instant credential, boolean complete) {
		return new SignIn(UUID.randomUUID(), accountId, site, at, List.of(credential), complete, null);
	}

	/** Whether tokens may be given by this authorization. */
	public boolean carries(String authorization) {
		return authorizationId == null || authorizationId.equals(authorization);
	}

	/** Whether the account, as it is now, is the one that was signed in to. */
	public boolean holdsFor(Account account) {
		Credential now = account.credentials().get(site);
		Instant deactivatedAt = account.lifetime().deactivatedAt();
		return account.isActive() && account.id().equals(accountId) && now != null
				&& credentials.contains(now.since()) && (deactivatedAt == null || at.isAfter(deactivatedAt));
	}
}
