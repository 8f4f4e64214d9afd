package io.rollcall.user.signin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * How fresh a client wants the sign-in to be (OpenID Connect Core, 3.1.2.1). One that is not is no sign-in for it: the password is
 * asked for again.
 *
 * @param always whatever sign-in there is ({@code prompt=login})
 * @param maxAge how long ago the password was shown at most ({@code max_age}); absent when that does not matter
 */
public record PasswordDemand(boolean always, @Nullable Duration maxAge) {
	/** What the parameters say. A {@code max_age} that is no number of seconds demands the most. */
	public static PasswordDemand of(@Nullable String prompt, @Nullable String maxAge) {
		return new PasswordDemand(prompt != null && List.of(prompt.split(" ")).contains("login"),
				maxAge == null
						? null
						: Duration.ofSeconds(maxAge.matches("[0-9]{1,9}") ? Long.parseLong(maxAge) : 0));
	}

	public boolean isMetBy(SignIn signIn, Instant now) {
		return !always && (maxAge == null || now.isBefore(signIn.at().plus(maxAge)));
	}
}
