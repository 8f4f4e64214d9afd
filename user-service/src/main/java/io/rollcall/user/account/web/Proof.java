package io.rollcall.user.account.web;

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
		if (caller.sid() == null || !Site.PORTAL.name().equals(caller.site())) {
			throw Problems.refusal(HttpStatus.FORBIDDEN, "sign-in-required",
					"Sign in to the MCAS Portal to " + purpose + ".");
		}
		passwords.verify(UUID.fromString(caller.sid()), new Password(currentPassword == null ? "" : currentPassword))
				.orRefuse();
		return form.proven();
	}
}
