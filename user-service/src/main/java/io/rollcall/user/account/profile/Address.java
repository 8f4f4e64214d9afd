package io.rollcall.user.account.profile;

/** A postal address of up to 200 characters; it alone may have line breaks, which are kept as LF. */
public record Address(String value) {
	public Address {
		value = Text.clean(value).replace("\r\n", "\n").replace('\r', '\n');
		if (Text.length(value) > 200 || Text.hasControls(value.replace("\n", ""))) {
			throw new InvalidValue(Fault.ADDRESS_LENGTH);
		}
	}

	/** One that was stored, maybe before a stricter rule. */
	public static Address stored(String text) {
		try {
			return new Address(text);
		} catch (InvalidValue _) {
			return new Address(Text.mended(text, 0));
		}
	}
}
