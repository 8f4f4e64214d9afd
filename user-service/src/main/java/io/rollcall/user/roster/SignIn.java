package io.rollcall.user.roster;

import java.time.Duration;

/** Whether somebody can sign in to the Portal. */
public enum SignIn {
	/** With a password of the person's own. */
	DONE,
	/** With the one that was mailed. */
	WAITING,
	/** With the one that was mailed, for no more than a day. */
	LAPSING,
	/** The one that was mailed is over, or was used and no own one was set: new credentials are needed. */
	LAPSED;

	/** The end of a password that was not mailed. */
	static final long NEVER = Long.MAX_VALUE;
	private static final long SOON = Duration.ofDays(1).toMillis();

	/** @param end of the password, @param now both in milliseconds */
	static SignIn of(long end, long now) {
		if (end == NEVER) return DONE;
		if (end <= now) return LAPSED;
		return end - now <= SOON ? LAPSING : WAITING;
	}
}
