package io.rollcall.user.confirmation;

import java.util.Locale;

/** How far a confirmation is. */
public enum Phase {
	/** Coordinators decide. */
	OPEN,
	/** The deadline has passed: the service center alone still decides. */
	OVER,
	CLOSED;

	/** Stable, for programs. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}
}
