package io.rollcall.user.signin;

import java.time.Duration;

import io.rollcall.user.account.Account;

/** What was found when somebody in a session was asked for the current password again ({@link PasswordService#verify}). */
public sealed interface CurrentPassword {
	record Right(SignIn signIn, Account account) implements CurrentPassword {}

	sealed interface Refused extends CurrentPassword {}

	/** None was given, which is no guess. */
	record Missing() implements Refused {}

	record Wrong() implements Refused {}

	/**
	 * Not evaluated: too much was tried.
	 *
	 * @param remaining after which there is an attempt again for sure
	 */
	record TooManyAttempts(Duration remaining) implements Refused {}

	/** The session is over. */
	record SessionOver() implements Refused {}

	/** @throws Refusal unless it is right; the answer to that is the same wherever a password was asked for */
	default Right orRefuse() {
		return switch (this) {
			case Right right -> right;
			case Refused refused -> throw new Refusal(refused);
		};
	}

	/** Ends a call that needs the current password. */
	final class Refusal extends RuntimeException {
		private static final long serialVersionUID = 1;

		private final transient Refused refused;

		Refusal(Refused refused) {
			super(refused.getClass().getSimpleName(), null, false, false);
			this.refused = refused;
		}

		public Refused refused() {
			return refused;
		}
	}
}
