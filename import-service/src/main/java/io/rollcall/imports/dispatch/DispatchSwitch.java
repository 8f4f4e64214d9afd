package io.rollcall.imports.dispatch;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** Whether rows are sent on. One switch for all instances; it outlives them. */
public interface DispatchSwitch {
	/**
	 * @param by the account that turned it last; null when nobody ever has
	 */
	record State(boolean paused, @Nullable String by, @Nullable Instant since) {}

	State state();

	/** Turns it; turning it to where it stands changes nothing. */
	void turn(boolean paused, String by, Instant at);
}
