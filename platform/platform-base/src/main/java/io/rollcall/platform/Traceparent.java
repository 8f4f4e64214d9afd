package io.rollcall.platform;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The W3C trace context (version 00) as it stands in a {@code traceparent} header. */
public final class Traceparent {
	/** The header's name, in HTTP and on a record. */
	public static final String HEADER = "traceparent";

	private static final Pattern VALID = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
	private static final SecureRandom RANDOM = new SecureRandom();

	private Traceparent() {}

	/** Of a trace of its own, sampled, for what nobody traced before. */
	public static String start() {
		byte[] ids = new byte[24];
		RANDOM.nextBytes(ids);
		ids[15] |= 1; // neither id may be all zeros
		ids[23] |= 1;
		String hex = HexFormat.of().formatHex(ids);
		return "00-" + hex.substring(0, 32) + "-" + hex.substring(32) + "-01";
	}

	public static boolean isValid(@Nullable String traceparent) {
		return traceparent != null && VALID.matcher(traceparent).matches();
	}

	/** What the logs of all services join by; null when there is no valid trace. */
	public static @Nullable String traceId(@Nullable String traceparent) {
		return traceparent != null && isValid(traceparent) ? traceparent.substring(3, 35) : null;
	}

	/**
	 * The same trace with a parent of its own for one of the many records that came of one request, so that they can be told
	 * apart all the way. It follows from {@code part}: a record that is published again has the same.
	 */
	public static @Nullable String of(@Nullable String traceparent, String part) {
		if (traceparent == null || !isValid(traceparent)) return traceparent;
		byte[] hash = Sha256.bytes((traceparent + '/' + part).getBytes(UTF_8));
		hash[7] |= 1; // may not be all zeros
		return traceparent.substring(0, 36) + HexFormat.of().formatHex(hash, 0, 8) + traceparent.substring(52);
	}
}
