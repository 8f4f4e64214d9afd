package io.rollcall.user.account.profile;

/** 2–25 characters of any script. */
public record LastName(String value) {
	public LastName {
		value = Field.LAST_NAME.judged(value);
	}

	/** One that was stored, maybe before a stricter rule. */
	public static LastName stored(String text) {
		return new LastName(Field.LAST_NAME.stored(text));
	}
}
