package io.rollcall.user.credential;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** The password of an account at one site, as it is kept: never in a form that could be read back. */
public sealed interface Credential {
	/**
	 * When it came into force. Two credentials of an account at a site never have the same, so it also says which of them a
	 * session was opened with.
	 */
	Instant since();

	/** The hash of the last password of the person's own choice, which must not come again; absent when there was none. */
	@Nullable
	String lastOwn();

	/** The hash of the last password that was mailed, which never becomes one's own; absent where older releases did not keep it. */
	@Nullable
	String lastGenerated();

	/** Whether this is the last password that was mailed. */
	default boolean wasMailed(Password password) {
		String mailed = lastGenerated();
		return mailed != null && Secrets.matches(password.withoutBlanks().value(), mailed);
	}

	/**
	 * A password that was generated and mailed. Good for one sign-in; a random secret of over 112 bits, so its plain hash is
	 * enough (NIST SP 800-63B-4, 3.1.2.2).
	 *
	 * @param sha256 hash of the password, in hexadecimal
	 * @param usedAt when it was signed in with; a second time it is not taken
	 * @param usedBy hash of what the form that it was signed in with is known by
	 */
	record Generated(String sha256, Instant issuedAt, Instant expiresAt, @Nullable Instant usedAt,
			@Nullable String usedBy, @Nullable String lastOwn) implements Credential {
		/** For so long the same form is sent twice by one who clicked twice. */
		private static final Duration SENT_TWICE = Duration.ofSeconds(10);

		@Override
		public Instant since() {
			return issuedAt;
		}

		@Override
		public String lastGenerated() {
			return sha256;
		}

		/** Whether it may be signed in with. */
		public boolean isGood(Instant now) {
			return usedAt == null && now.isBefore(expiresAt);
		}

		/** Whether this very form, sent a moment ago, has used it: two clicks are one sign-in. */
		public boolean wasJustUsedBy(@Nullable String form, Instant now) {
			return form != null && form.equals(usedBy) && usedAt != null && now.isBefore(usedAt.plus(SENT_TWICE));
		}

		public Generated used(@Nullable String form, Instant now) {
			return new Generated(sha256, issuedAt, expiresAt, now, form, lastOwn);
		}
	}

	/** A password of the person's own choice; {@code hash} in the encoder's own format. */
	record Own(String hash, Instant setAt, @Nullable String lastGenerated) implements Credential {
		@Override
		public Instant since() {
			return setAt;
		}

		@Override
		public String lastOwn() {
			return hash;
		}
	}
}
