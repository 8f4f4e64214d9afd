package io.rollcall.user.confirmation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a coordinator says of an account. It changes nothing of the account. */
public enum Verdict {
	STAYS,
	/** The person has left; the account is deactivated by hand, as any. */
	LEFT,
	/** The person is there, and the account has a role or school that is not right. */
	WRONG;

	/** Stable, for programs. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static Optional<Verdict> of(String id) {
		return Arrays.stream(values()).filter(it -> it.id().equals(id)).findFirst();
	}
}
