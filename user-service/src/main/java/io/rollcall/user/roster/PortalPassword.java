package io.rollcall.user.roster;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.rollcall.user.account.Account;
import io.rollcall.user.credential.Credential;
import io.rollcall.user.credential.Site;

/** What somebody signs in to the Portal with. */
public enum PortalPassword {
	/** A password of the person's own. */
	SET,
	/** The one that was mailed. */
	ISSUED,
	/** The one that was mailed, for no more than a day. */
	EXPIRING,
	/** Nothing: the one that was mailed is over, or was used and no own one was set. New credentials are needed. */
	EXPIRED;

	/** The end of a password that was not mailed. */
	static final long NEVER = Long.MAX_VALUE;
	private static final long SOON = Duration.ofDays(1).toMillis();

	/** What it is for this account. */
	public static PortalPassword of(Account account, Instant now) {
		return of(end(account), now.toEpochMilli());
	}

	/** When nobody signs in any more with the password that was mailed, in milliseconds; {@link #NEVER} where the person has an own one. */
	static long end(Account account) {
		@Nullable
		Credential credential = account.credentials().get(Site.PORTAL);
		return switch (credential) {
			case null -> 0;
			case Credential.Own _ -> NEVER;
			case Credential.Generated it -> (it.usedAt() == null ? it.expiresAt() : it.usedAt()).toEpochMilli();
		};
	}

	/** @param end of the password, @param now both in milliseconds */
	static PortalPassword of(long end, long now) {
		if (end == NEVER) return SET;
		if (end <= now) return EXPIRED;
		return end - now <= SOON ? EXPIRING : ISSUED;
	}
}
