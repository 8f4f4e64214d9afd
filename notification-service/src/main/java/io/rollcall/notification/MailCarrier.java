package io.rollcall.notification;

/** The way to the mail server. */
public interface MailCarrier {
	/** @throws Away when the mail server cannot be reached or does not let us in */
	Connection connect();

	/** One conversation with the mail server, for many letters, one at a time. */
	interface Connection extends AutoCloseable {
		/**
		 * @param beforeLastDot runs when all but the end of the letter is transmitted: from its return until the answer nobody
		 *            knows whether the server has taken the letter over
		 */
		Reply send(Letter letter, Runnable beforeLastDot);

		/** Asks the server whether it is still there. */
		boolean isAlive();

		@Override
		void close();
	}

	/** What the mail server said to a letter. */
	sealed interface Reply {
		record Accepted() implements Reply {}

		/** For good (5xx). */
		record Refused(int status) implements Reply {}

		/** For now (4xx). */
		record Deferred(int status) implements Reply {}

		/** The conversation ended without an answer; the connection is of no more use. */
		record Broken(String cause) implements Reply {}
	}

	/** The message is a class name or a reply code, nothing that a server said in words. */
	final class Away extends RuntimeException {
		private static final long serialVersionUID = 1;

		public Away(String cause) {
			super(cause);
		}
	}
}
