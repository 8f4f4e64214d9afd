package io.rollcall.user.account.profile;

/** 1–25 characters of any script. */
public record FirstName(String value) {
	public FirstName {
		value = Field.FIRST_NAME.judged(value);
	}

	/** One that was stored, maybe before a stricter rule. */
	public static FirstName stored(String text) {
		return new FirstName(Field.FIRST_NAME.stored(text));
	}
}
