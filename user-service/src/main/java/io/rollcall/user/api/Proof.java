package io.rollcall.user.api;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

import io.rollcall.platform.security.Caller;
import io.rollcall.platform.web.Problems;
import io.rollcall.user.account.profile.Draft;
import io.rollcall.user.credential.Password;
import io.rollcall.user.credential.Site;
import io.rollcall.user.signin.CurrentPassword;
import io.rollcall.user.signin.PasswordService;

/** What takes more than a token: a session of the Portal and its current password. */
@Component
class Proof {
	static final String SIGN_IN_REQUIRED = "sign-in-required";

	private final PasswordService passwords;

	Proof(PasswordService passwords) {
		this.passwords = passwords;
	}

	/**
	 * The form, proven.
	 *
	 * @param purpose what it is asked for, after "Sign in to the MCAS Portal to"
	 * @throws CurrentPassword.Refusal when the password is not the session's
	 */
	Draft of(Draft form, Caller caller, @Nullable String currentPassword, String purpose) {
		if (!isGiven(caller, currentPassword == null ? "" : currentPassword)) {
			throw Problems.refusal(HttpStatus.FORBIDDEN, SIGN_IN_REQUIRED,
					"Sign in to the MCAS Portal to " + purpose + ".");
		}
		return form.proven();
	}

	/**
	 * Whether it is given: without a password it is not, and outside a session of the Portal nobody can give it.
	 *
	 * @throws CurrentPassword.Refusal when the password is not the session's
	 */
	boolean isGiven(Caller caller, @Nullable String currentPassword) {
		if (currentPassword == null || caller.sid() == null || !Site.PORTAL.name().equals(caller.site())) return false;
		passwords.verify(UUID.fromString(caller.sid()), new Password(currentPassword)).orRefuse();
		return true;
	}
}
