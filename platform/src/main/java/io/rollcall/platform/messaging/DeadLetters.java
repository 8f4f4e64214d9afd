package io.rollcall.platform.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;

import io.rollcall.contracts.Topics;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Publishes what a group cannot handle, original key, bytes and headers, with {@code dlq_} headers that say where it stood and
 * the class of the cause. Never the cause's text, which may hold personal data. The id of a dead letter is its origin
 * ({@code dlq_origin}), so that one published again after a crash is recognised.
 */
public final class DeadLetters {
	private final AcknowledgedPublisher publisher;

	DeadLetters(AcknowledgedPublisher publisher) {
		this.publisher = publisher;
	}

	/** The dead-letter topic of a group, to be declared beside its listener. */
	public static NewTopic topic(String topic, String group) {
		// -1: the broker's own default, which operators set for the whole cluster
		return new NewTopic(Topics.deadLetters(topic, group), 1, (short) -1)
				.configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(30L * 24 * 60 * 60 * 1000)));
	}

	void publish(ConsumerRecord<String, byte[]> record, String group, Throwable cause, Instant at) {
		var letter = new ProducerRecord<String, byte[]>(Topics.deadLetters(record.topic(), group), null, record.key(),
				record.value());
		record.headers().forEach(header -> letter.headers().add(header));
		header(letter, "dlq_origin", record.topic() + "/" + record.partition() + "/" + record.offset());
		header(letter, "dlq_group", group);
		header(letter, "dlq_cause", cause.getClass().getName());
		header(letter, "dlq_at", at.toString());
		publisher.publishRecords(List.of(letter));
	}

	private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
		letter.headers().add(name, value.getBytes(UTF_8));
	}
}
