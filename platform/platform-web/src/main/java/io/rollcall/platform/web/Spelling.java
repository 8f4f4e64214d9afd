package io.rollcall.platform.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How values are spelled in requests, be it in JSON, in a path or in a query: as answers spell them. The parsers of the JDK, Spring and
 * Jackson each take more than that, and each something else, so that two readers of a request could see two things in it.
 */
public final class Spelling {
	private static final Pattern UUID_TEXT = Pattern
			.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");
	private static final Pattern NUMBER = Pattern.compile("0|-?[1-9][0-9]{0,18}");
	private static final Pattern MOMENT = Pattern.compile(
			"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})");

	private Spelling() {}

	/** All 36 characters of RFC 9562, 4, in either case. {@link UUID#fromString} makes up for digits that are missing. */
	public static Optional<UUID> uuid(String text) {
		return UUID_TEXT.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
	}

	/** ASCII digits without a plus sign and leading zeros, within 64 bits. */
	public static Optional<Long> number(String text) {
		if (!NUMBER.matcher(text).matches()) return Optional.empty();
		try {
			return Optional.of(Long.valueOf(text));
		} catch (NumberFormatException _) {
			return Optional.empty();
		}
	}

	/** The {@code date-time} of RFC 3339, in capitals. {@link Instant#parse} takes 24 o'clock for midnight of the next day, for one. */
	public static Optional<Instant> moment(String text) {
		if (!MOMENT.matcher(text).matches()) return Optional.empty();
		try {
			return Optional.of(Instant.parse(text));
		} catch (DateTimeException _) {
			return Optional.empty();
		}
	}
}
