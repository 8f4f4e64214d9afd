package io.rollcall.notification.delivery;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much mail a recipient's domain takes from us, all instances together.
 *
 * @param domain the part of an address after the at sign, or {@value #ANY_OTHER} for each domain that has no limit of its own
 * @param mailsPerMinute 0 for no such limit
 * @param connections at once; 0 for no such limit
 */
public record Limit(String domain, int mailsPerMinute, int connections) {
	static final String ANY_OTHER = "*";
	private static final Pattern SHAPE = Pattern
			.compile("\\s*([^=/\\s]+)\\s*=\\s*(\\d{1,7})\\s*(?:/\\s*(\\d{1,4})\\s*)?");

	public Limit {
		domain = domain.toLowerCase(Locale.ROOT);
	}

	/** @param text as {@code example.org=120/2}: 120 mails a minute over two connections; {@code /2} may be left out */
	public static Limit valueOf(String text) {
		Matcher limit = SHAPE.matcher(text);
		if (!limit.matches())
			throw new IllegalArgumentException(
					"'" + text + "' is no limit; write example.org=120 or example.org=120/2");
		return new Limit(limit.group(1), Integer.parseInt(limit.group(2)),
				limit.group(3) == null ? 0 : Integer.parseInt(limit.group(3)));
	}
}
