package io.rollcall.user.account.profile;

import java.util.regex.Pattern;

import io.rollcall.platform.Blanks;

/** A telephone or fax number, {@code xxx-xxx-xxxx}. */
public record PhoneNumber(String value) {
	private static final Pattern SHAPE = Pattern.compile("[0-9]{3}-[0-9]{3}-[0-9]{4}");

	public PhoneNumber {
		value = Blanks.stripped(value);
		if (!SHAPE.matcher(value).matches()) throw new InvalidValue(Fault.PHONE_FORMAT);
	}
}
