package io.rollcall.platform.messaging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.messaging.MessagingException;

import io.rollcall.platform.TemporarilyUnavailable;

/**
 * Publishes many messages at once through the output bindings and returns when the broker has acknowledged every one. Waiting for each
 * in turn costs the producer's linger a message; sent together and flushed they cost it once.
 */
public final class AcknowledgedPublisher {
	private final StreamBridge bridge;
	private final Outputs outputs;
	private final MeterRegistry meters;

	AcknowledgedPublisher(StreamBridge bridge, Outputs outputs, MeterRegistry meters) {
		this.bridge = bridge;
		this.outputs = outputs;
		this.meters = meters;
	}

	/** @throws TemporarilyUnavailable when the broker has not taken all of them; some may have been, so publish all again */
	public void publish(Collection<CloudEvent> events) {
		if (events.isEmpty()) return;
		List<Future<?>> acknowledgements = new ArrayList<>(events.size());
		Map<String, Integer> topics = new LinkedHashMap<>();
		try {
			for (CloudEvent event : events) {
				bridge.send(event.topic(), Outputs.message(event, acknowledgements));
				topics.merge(event.topic(), 1, Integer::sum);
			}
		} catch (MessagingException e) {
			throw new TemporarilyUnavailable("the broker takes nothing", e);
		}
		outputs.flush(topics.keySet());
		Acknowledgements.await(acknowledgements);
		topics.forEach((topic, records) -> meters.counter("rollcall.records.published", "topic", topic)
				.increment(records));
	}
}
