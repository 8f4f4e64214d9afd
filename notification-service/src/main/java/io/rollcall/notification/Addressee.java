package io.rollcall.notification;

import static java.util.Objects.requireNonNull;

/**
 * Whom a mail is for, as the event says it. Nothing is checked here: a mail that cannot be addressed is recorded like any
 * other and ends as failed, so that somebody hears of it.
 */
public record Addressee(String username, String firstName, String lastName, String address) {
	/** Of a mail that is done: the ledger keeps that it was sent, not to whom. */
	public static final Addressee FORGOTTEN = new Addressee("", "", "", "");

	public Addressee {
		requireNonNull(username);
		requireNonNull(firstName);
		requireNonNull(lastName);
		requireNonNull(address);
	}

	/** Never the person, who would end in a log. */
	@Override
	public String toString() {
		return "Addressee";
	}
}
