package io.rollcall.notification;

import org.jspecify.annotations.Nullable;

/** Writes a mail as a letter: the same mail and secret give the same bytes. */
public interface LetterWriter {
	/**
	 * @param secret the opened secret, for mails that reveal one
	 * @throws InvalidAddress when nothing can be delivered to the addressee's address
	 */
	Letter write(Mail mail, @Nullable String secret);

	/** The mail's Message-ID (RFC 5322 3.6.4), which holds nothing about a person. */
	String messageId(Mail mail);

	final class InvalidAddress extends RuntimeException {
		private static final long serialVersionUID = 1;

		/** Without the address. */
		public InvalidAddress() {
			super("invalid address");
		}
	}
}
