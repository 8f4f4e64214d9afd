package io.rollcall.user.signin;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

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
 */
public record SignIn(UUID sid, UUID accountId, Site site, Instant at, List<Instant> credentials, boolean complete) {
	/** Whether the account, as it is now, is the one that was signed in to. */
	public boolean holdsFor(Account account) {
		Credential now = account.credentials().get(site);
		return account.isActive() && account.id().equals(accountId) && now != null
				&& credentials.contains(now.since())
				&& account.deactivatedAt().filter(deactivated -> !at.isAfter(deactivated)).isEmpty();
	}
}
