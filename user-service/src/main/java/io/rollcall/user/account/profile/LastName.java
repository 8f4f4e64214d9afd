package io.rollcall.user.account.profile;

/** 2–25 characters of any script. */
public record LastName(String value) {
	public LastName {
		value = Text.clean(value);
		int length = Text.length(value);
		if (length < 2 || length > 25 || Text.hasControls(value)) throw new InvalidValue(Fault.LAST_NAME_LENGTH);
	}

	/** One that was stored, maybe before a stricter rule. */
	public static LastName stored(String text) {
		try {
			return new LastName(text);
		} catch (InvalidValue _) {
			return new LastName(Text.mended(text, 2));
		}
	}
}
