package io.rollcall.notification.delivery;

/** Closed while operations have paused the mails, and until it is known whether they have. */
final class Gate {
	private volatile boolean open;

	boolean isOpen() {
		return open;
	}

	void set(boolean open) {
		this.open = open;
	}
}
