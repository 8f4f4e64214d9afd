package io.rollcall.user.roster;

/** How far the roster is behind what other instances have stored. */
public interface RosterLag {
	/** How many published changes have not been taken in yet, as far as this instance has heard from the broker. */
	long events();

	/** Whether it holds every account: not so for a moment after the start. */
	boolean isFull();
}
