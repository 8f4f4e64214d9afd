package io.rollcall.gateway.edge;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The W3C trace context (version 00) of a request: the sender's, or a new one when it sent none that is valid.
 *
 * @param continued whether it is the sender's, so that its {@code tracestate} belongs to it
 */
public record Trace(String traceparent, boolean continued) {
	/** Of the request it belongs to. */
	public static final String ATTRIBUTE = Trace.class.getName();
	public static final String HEADER = "traceparent";
	public static final String STATE_HEADER = "tracestate";

	private static final Pattern VALID = Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
	private static final SecureRandom RANDOM = new SecureRandom();

	static Trace of(@Nullable String header) {
		return header != null && VALID.matcher(header).matches() ? new Trace(header, true) : start();
	}

	private static Trace start() {
		byte[] ids = new byte[24];
		RANDOM.nextBytes(ids);
		ids[15] |= 1; // neither id may be all zeros
		ids[23] |= 1;
		String hex = HexFormat.of().formatHex(ids);
		return new Trace("00-" + hex.substring(0, 32) + "-" + hex.substring(32) + "-01", false);
	}

	/** What stands in the logs of all services, and is told to the sender as {@code X-Request-Id}. */
	String id() {
		return traceparent.substring(3, 35);
	}
}
