package io.rollcall.user.account.profile;

/** A mailbox as {@code local@domain.tld} (RFC 5321 4.1.2, dot-string form), up to 254 characters. Several accounts may share one. */
public record EmailAddress(String value) {
	private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
	private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
	static final String SHAPE = "(?=.{1,64}@)(?=.{1,254}$)" + ATOM + "(?:\\." + ATOM + ")*@(?:" + LABEL + "\\.)+"
			+ "(?!\\d+$)" + LABEL;

	public EmailAddress {
		value = Field.EMAIL.judged(value);
	}
}
