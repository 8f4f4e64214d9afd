package io.rollcall.user.account.profile;

/** 1–25 characters of any script. */
public record FirstName(String value) {
	public FirstName {
		value = Text.clean(value);
		int length = Text.length(value);
		if (length < 1 || length > 25 || Text.hasControls(value)) throw new InvalidValue(Fault.FIRST_NAME_LENGTH);
	}

	/** One that was stored, maybe before a stricter rule. */
	public static FirstName stored(String text) {
		try {
			return new FirstName(text);
		} catch (InvalidValue _) {
			return new FirstName(Text.mended(text, 1));
		}
	}
}
