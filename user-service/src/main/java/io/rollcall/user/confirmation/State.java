package io.rollcall.user.confirmation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** How an account stands in a confirmation. Each is in exactly one of these states. */
public enum State {
	/** Nobody has decided. */
	OPEN,
	STAYS,
	/** Somebody has said so, and the account is still active. */
	LEFT,
	WRONG,
	/** The account was deactivated since the confirmation was opened, whatever was said of it. */
	SETTLED;

	static State of(boolean isActive, @Nullable Verdict verdict) {
		if (!isActive) return SETTLED;
		return switch (verdict) {
			case null -> OPEN;
			case STAYS -> STAYS;
			case LEFT -> LEFT;
			case WRONG -> WRONG;
		};
	}

	/** Whether the service center is told to deactivate it, when nothing is decided any more. */
	boolean isProposed() {
		return this == OPEN || this == LEFT;
	}

	/** Stable, for programs. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	public static Optional<State> of(String id) {
		return Arrays.stream(values()).filter(it -> it.id().equals(id)).findFirst();
	}
}
