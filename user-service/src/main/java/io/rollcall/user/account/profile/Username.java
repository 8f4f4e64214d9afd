package io.rollcall.user.account.profile;

import java.util.Locale;

/** What one signs in with; the spelling is kept, two that differ in case alone are the same. Never changes. */
public record Username(String value) {
	static final String SHAPE = "(?=.*[A-Za-z0-9])[A-Za-z0-9._\\-+'@]{4,50}";

	public Username {
		value = Field.USERNAME.judged(value);
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
