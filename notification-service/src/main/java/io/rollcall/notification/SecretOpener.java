package io.rollcall.notification;

/** Opens what only this service can open. */
public interface SecretOpener {
	/**
	 * Opens a mail's sealed secret. The plaintext is kept nowhere and stands in no exception.
	 *
	 * @throws Unreadable when it never will open
	 * @throws KeyMissing when the key it was encrypted to is not here, which an operator can mend
	 */
	Secrets open(Mail mail);

	/** What one sealed secret held; the passwords of both sites are sealed together. */
	@FunctionalInterface
	interface Secrets {
		/** @throws Unreadable when there is none for this mail */
		String of(Mail mail);
	}

	final class Unreadable extends RuntimeException {
		private static final long serialVersionUID = 1;

		public Unreadable(String message) {
			super(message);
		}
	}

	final class KeyMissing extends RuntimeException {
		private static final long serialVersionUID = 1;

		public KeyMissing(String message) {
			super(message);
		}
	}
}
