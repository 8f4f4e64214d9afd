package io.rollcall.platform.messaging;

import io.micrometer.core.instrument.MeterRegistry;

/** The meter of what a group has read, by topic and by what became of it. */
public record ConsumedRecords(MeterRegistry meters, String group) {
	/** Of a type that this release does not know: nothing was done. */
	public static final String UNRECOGNIZED = "unrecognized";
	static final String HANDLED = "handled";
	static final String DEAD_LETTER = "dead-letter";

	/** Adds to the meter. */
	public void count(String topic, String outcome, long records) {
		if (records == 0) return;
		meters.counter("rollcall.records.consumed", "group", group, "topic", topic, "outcome", outcome)
				.increment(records);
	}
}
