package io.rollcall.notification;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Whether mails go out at all. Kept for all instances, and for ever: what was paused stays so until somebody resumes it. */
public interface Sending {
	/**
	 * @param by the account that changed it last; null when nobody ever has
	 * @param since when
	 */
	record State(boolean paused, @Nullable String by, @Nullable Instant since) {}

	State state();

	/** Changes nothing when it is so already. */
	State change(boolean paused, String by, Instant at);
}
