package io.rollcall.notification;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** How a mail ended. */
public sealed interface Outcome {
	Instant at();

	/** The mail server took it over. */
	record Sent(Instant at) implements Outcome {}

	/**
	 * It will not be sent any more.
	 *
	 * @param smtpStatus the mail server's reply code, where there was one
	 */
	record Failed(Instant at, Reason reason, @Nullable Integer smtpStatus) implements Outcome {}

	/** Why; the code stands in {@code delivery-events} and never changes. */
	enum Reason {
		/** The mail server refused it for good (5xx). */
		REJECTED("rejected"),
		/** It did not get out while its content was of use. */
		EXPIRED("expired"),
		/** Its secret cannot be decrypted. */
		UNREADABLE_SECRET("unreadable-secret"),
		/** Its address is none. */
		INVALID_ADDRESS("invalid-address"),
		/** What it tells has ended: its account was deactivated or had another address before it could be sent. */
		SUPERSEDED("superseded");

		private final String code;

		Reason(String code) {
			this.code = code;
		}

		public String code() {
			return code;
		}

		public static Reason of(String code) {
			for (Reason reason : values())
				if (reason.code.equals(code)) return reason;
			throw new IllegalArgumentException("no such reason");
		}
	}
}
