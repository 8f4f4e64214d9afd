package io.rollcall.gateway.edge;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.rollcall.platform.Traceparent;

/**
 * The W3C trace context (version 00) of a request: the sender's, or a new one when it sent none that is valid.
 *
 * @param continued whether it is the sender's, so that its {@code tracestate} belongs to it
 */
public record Trace(String traceparent, boolean continued) {
	/** Of the request it belongs to. */
	public static final String ATTRIBUTE = Trace.class.getName();
	public static final String STATE_HEADER = "tracestate";

	static Trace of(@Nullable String header) {
		return header != null && Traceparent.isValid(header)
				? new Trace(header, true)
				: new Trace(Traceparent.start(), false);
	}

	/** What stands in the logs of all services, and is told to the sender as {@code X-Request-Id}. */
	String id() {
		return Objects.requireNonNull(Traceparent.traceId(traceparent));
	}
}
