package io.rollcall.platform.messaging;

import java.time.Instant;
import java.time.format.DateTimeParseException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import io.rollcall.platform.Traceparent;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A message with where it stood.
 *
 * @param time of what it tells or asks for, as its publisher says; the broker's where it says none
 */
public record Received<T>(T message, TopicPartition partition, long offset, @Nullable String traceparent,
		Instant time) {
	static <T> Received<T> of(T message, ConsumerRecord<String, byte[]> record) {
		return new Received<>(message, new TopicPartition(record.topic(), record.partition()), record.offset(),
				traceparent(record), time(record));
	}

	static @Nullable String traceparent(ConsumerRecord<String, byte[]> record) {
		return header(record, Traceparent.HEADER);
	}

	private static Instant time(ConsumerRecord<String, byte[]> record) {
		String time = header(record, CloudEvent.TIME);
		try {
			if (time != null) return Instant.parse(time);
		} catch (DateTimeParseException _) {
			// somebody else's idea of a time
		}
		return Instant.ofEpochMilli(record.timestamp());
	}

	private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
		Header header = record.headers().lastHeader(name);
		return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
	}
}
