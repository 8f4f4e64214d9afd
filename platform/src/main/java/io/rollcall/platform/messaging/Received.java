package io.rollcall.platform.messaging;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A message with where it stood. */
public record Received<T>(T message, TopicPartition partition, long offset, @Nullable String traceparent) {
	static <T> Received<T> of(T message, ConsumerRecord<String, byte[]> record) {
		return new Received<>(message, new TopicPartition(record.topic(), record.partition()), record.offset(),
				traceparent(record));
	}

	static @Nullable String traceparent(ConsumerRecord<String, byte[]> record) {
		Header trace = record.headers().lastHeader(CloudEvent.TRACEPARENT);
		return trace == null ? null : new String(trace.value(), UTF_8);
	}
}
