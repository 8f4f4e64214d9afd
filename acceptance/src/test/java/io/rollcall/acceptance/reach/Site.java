package io.rollcall.acceptance.reach;

import io.rollcall.acceptance.system.RunningSystem;

/** One of the two sites, as people know it. */
enum Site {
	PORTAL("MCAS Portal"), TRAINING("MCAS Training Site");

	private final String title;

	Site(String title) {
		this.title = title;
	}

	/** As mails name it. */
	String title() {
		return title;
	}

	Site other() {
		return this == PORTAL ? TRAINING : PORTAL;
	}

	String address() {
		return this == PORTAL ? RunningSystem.shared().portal() : RunningSystem.shared().training();
	}
}
