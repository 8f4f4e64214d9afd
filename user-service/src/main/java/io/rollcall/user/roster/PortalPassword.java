package io.rollcall.user.roster;

import java.time.Duration;

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

	/** @param end of the password, @param now both in milliseconds */
	static PortalPassword of(long end, long now) {
		if (end == NEVER) return SET;
		if (end <= now) return EXPIRED;
		return end - now <= SOON ? EXPIRING : ISSUED;
	}
}
