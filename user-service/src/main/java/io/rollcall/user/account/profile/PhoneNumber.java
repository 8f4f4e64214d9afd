package io.rollcall.user.account.profile;

import java.util.regex.Pattern;

import io.rollcall.platform.Typed;

/** A telephone or fax number, {@code xxx-xxx-xxxx}. */
public record PhoneNumber(String value) {
	private static final Pattern SHAPE = Pattern.compile("[0-9]{3}-[0-9]{3}-[0-9]{4}");

	public PhoneNumber {
		value = Typed.identifier(value);
		if (!SHAPE.matcher(value).matches()) throw new InvalidValue(Fault.PHONE_FORMAT);
	}
}
