package io.rollcall.user.account.profile;

import java.util.regex.Pattern;

import io.rollcall.platform.Typed;

/** A mailbox as {@code local@domain.tld} (RFC 5321 4.1.2, dot-string form), up to 254 characters. Several accounts may share one. */
public record EmailAddress(String value) {
	private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
	private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
	private static final Pattern SHAPE = Pattern
			.compile("(?=.{1,64}@)" + ATOM + "(?:\\." + ATOM + ")*@(?:" + LABEL + "\\.)+" + "(?!\\d+$)" + LABEL);

	public EmailAddress {
		value = Typed.identifier(value);
		if (value.length() > 254 || !SHAPE.matcher(value).matches()) throw new InvalidValue(Fault.EMAIL_FORMAT);
	}
}
