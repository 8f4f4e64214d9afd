package io.rollcall.platform.messaging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.ProducerFactory;

/**
 * Publishes many messages at once and returns when the broker has acknowledged every one. Waiting for each in turn costs the
 * producer's linger a message; sent together and flushed they cost it once.
 */
public final class AcknowledgedPublisher {
	private final ProducerFactory<String, byte[]> producers;
	private final String source;
	private final MeterRegistry meters;

	/** @param source the publishing service's name, for {@code ce_source} */
	public AcknowledgedPublisher(ProducerFactory<String, byte[]> producers, String source, MeterRegistry meters) {
		this.producers = producers;
		this.source = source;
		this.meters = meters;
	}

	/** @throws TemporarilyUnavailable when the broker has not taken all of them; some may have been, so publish all again */
	public void publish(Collection<CloudEvent> events) {
		publishRecords(events.stream().map(event -> event.toRecord(source)).toList());
	}

	/** As {@link #publish}, for records that are passed on as they are. */
	void publishRecords(List<ProducerRecord<String, byte[]>> records) {
		if (records.isEmpty()) return;
		// The factory hands out one shared producer; closing this handle leaves it open.
		try (Producer<String, byte[]> producer = producers.createProducer()) {
			List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(records.size());
			for (var record : records)
				acknowledgements.add(producer.send(record));
			producer.flush();
			for (Future<RecordMetadata> acknowledgement : acknowledgements)
				acknowledgement.get();
			records.forEach(
					record -> meters.counter("rollcall.records.published", "topic", record.topic()).increment());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new TemporarilyUnavailable("interrupted while publishing", e);
		} catch (ExecutionException | KafkaException e) {
			throw new TemporarilyUnavailable("the broker did not acknowledge", e);
		}
	}
}
