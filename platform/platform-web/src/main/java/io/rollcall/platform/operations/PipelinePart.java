package io.rollcall.platform.operations;

import java.util.List;
import java.util.Map;

/** What a service tells of its own part of the pipeline, beside its consumers and dead letters: an outbox, a queue. */
public interface PipelinePart {
	/** @param figures by name, as JSON has them */
	record State(Map<String, Object> figures, List<Alert> alerts) {}

	/** The field of the answer, as {@code outbox}. */
	String name();

	/** As it is now. Called often, so it is cheap; what it throws is told as the part's failure. */
	State state();
}
