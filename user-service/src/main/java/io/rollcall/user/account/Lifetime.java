package io.rollcall.user.account;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * From when an account is, how it is now, and as which version.
 *
 * @param version grows by one a write
 * @param deactivatedAt when it last was, even if it is active again
 */
public record Lifetime(Status status, long version, Instant createdAt, Instant updatedAt,
		@Nullable Instant deactivatedAt) {
	/** Deactivated, an account cannot be used and its username stays taken (guide, section V.C). */
	public enum Status {
		ACTIVE, DEACTIVATED
	}

	static Lifetime beginning(Instant now) {
		return new Lifetime(Status.ACTIVE, 0, now, now, null);
	}

	boolean isActive() {
		return status == Status.ACTIVE;
	}

	void requireActive() {
		if (!isActive()) throw new IllegalStateException("deactivated");
	}

	/** What a stranger can bring about, or a sign-in, is no change of the account. */
	Lifetime written() {
		return new Lifetime(status, version + 1, createdAt, updatedAt, deactivatedAt);
	}

	Lifetime changed(Instant now) {
		return new Lifetime(status, version + 1, createdAt, now, deactivatedAt);
	}

	Lifetime deactivated(Instant now) {
		return new Lifetime(Status.DEACTIVATED, version, createdAt, updatedAt, now);
	}

	Lifetime reactivated() {
		return new Lifetime(Status.ACTIVE, version, createdAt, updatedAt, deactivatedAt);
	}
}
