package io.rollcall.platform.messaging;

import java.time.Clock;

import io.micrometer.core.instrument.MeterRegistry;
import tools.jackson.databind.json.JsonMapper;

/** Makes a service's {@link BatchConsumer}s. */
public final class BatchConsumers {
	private final JsonMapper json;
	private final DeadLetters deadLetters;
	private final Clock clock;
	private final MeterRegistry meters;

	BatchConsumers(JsonMapper json, DeadLetters deadLetters, Clock clock, MeterRegistry meters) {
		this.json = json;
		this.deadLetters = deadLetters;
		this.clock = clock;
		this.meters = meters;
	}

	/** @param contract the sealed interface of {@code message-contracts} that the topic holds */
	public <T> BatchConsumer<T> of(Class<T> contract, BatchConsumer.Work<T> work) {
		return new BatchConsumer<>(contract, work, json, deadLetters, clock, meters);
	}
}
