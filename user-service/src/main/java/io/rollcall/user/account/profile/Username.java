package io.rollcall.user.account.profile;

import java.util.Locale;
import java.util.regex.Pattern;

import io.rollcall.platform.Typed;

/** What one signs in with; the spelling is kept, two that differ in case alone are the same. Never changes. */
public record Username(String value) {
	private static final Pattern SHAPE = Pattern.compile("(?=.*[A-Za-z0-9])[A-Za-z0-9._\\-+'@]{4,50}");

	public Username {
		value = Typed.identifier(value);
		if (!SHAPE.matcher(value).matches()) throw new InvalidValue(Fault.USERNAME_FORMAT);
	}

	/** The one spelling by which usernames are compared. */
	public String key() {
		return value.toLowerCase(Locale.ROOT);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof Username that && key().equals(that.key());
	}

	@Override
	public int hashCode() {
		return key().hashCode();
	}
}
