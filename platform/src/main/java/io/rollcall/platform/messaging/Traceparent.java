package io.rollcall.platform.messaging;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The W3C trace context (version 00) as it stands in a {@code traceparent} header. */
public final class Traceparent {
	private static final Pattern VALID = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

	private Traceparent() {}

	/** What the logs of all services join by; null when there is no valid trace. */
	public static @Nullable String traceId(@Nullable String traceparent) {
		return traceparent != null && VALID.matcher(traceparent).matches() ? traceparent.substring(3, 35) : null;
	}

	/**
	 * The same trace with a parent of its own for one of the many records that came of one request, so that they can be told
	 * apart all the way. It follows from {@code part}: a record that is published again has the same.
	 */
	public static @Nullable String of(@Nullable String traceparent, String part) {
		if (traceparent == null || !VALID.matcher(traceparent).matches()) return traceparent;
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest((traceparent + '/' + part).getBytes(UTF_8));
			hash[7] |= 1; // may not be all zeros
			return traceparent.substring(0, 36) + HexFormat.of().formatHex(hash, 0, 8) + traceparent.substring(52);
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException(e); // every Java platform has it
		}
	}
}
