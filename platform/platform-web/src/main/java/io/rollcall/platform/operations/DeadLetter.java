package io.rollcall.platform.operations;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import io.rollcall.platform.Traceparent;
import io.rollcall.platform.messaging.DeadLetters;
import io.rollcall.platform.messaging.Subscription;

/**
 * A dead letter as operations see it: where it stood and why it lies here, without what stands in it.
 *
 * @param id its own place: topic, partition, offset, joined by hyphens
 * @param origin the place of the record it was: topic, partition, offset, joined by slashes
 * @param cause the class of the failure
 * @param at when the group gave up
 * @param type the wire type, where the record says one
 * @param subject what it is about, masked where it is no id or code
 * @param bytes size of its body
 */
record DeadLetter(String id, String topic, String group, String origin, String cause, Instant at, @Nullable String type,
		@Nullable String subject, @Nullable String traceId, int bytes) {
	private static final Pattern ID = Pattern.compile("(.+)-(\\d{1,9})-(\\d{1,18})");
	private static final Pattern TYPE = Pattern.compile("[A-Za-z.]{1,80}");

	/** A dead letter's own place. */
	record Place(TopicPartition partition, long offset) {
		/** Null when {@code id} is none. */
		static @Nullable Place of(String id) {
			Matcher matcher = ID.matcher(id);
			return matcher.matches()
					? new Place(new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2))),
							Long.parseLong(matcher.group(3)))
					: null;
		}
	}

	static String id(ConsumerRecord<?, ?> record) {
		return record.topic() + "-" + record.partition() + "-" + record.offset();
	}

	static DeadLetter of(Subscription subscription, ConsumerRecord<String, byte[]> record) {
		String type = header(record, "ce_type");
		String subject = header(record, "ce_subject");
		String origin = header(record, DeadLetters.ORIGIN);
		String cause = header(record, DeadLetters.CAUSE);
		return new DeadLetter(id(record), subscription.topic(), subscription.group(),
				origin == null ? "unknown" : origin, cause == null ? "unknown" : cause, at(record),
				type != null && TYPE.matcher(type).matches() ? type.replace("io.rollcall.", "") : null,
				subject == null ? null : Mask.unlessId(subject),
				Traceparent.traceId(header(record, Traceparent.HEADER)),
				record.value() == null ? 0 : record.value().length);
	}

	/** What makes two letters the same one, published again after a crash: the record they were. */
	static String identity(ConsumerRecord<String, byte[]> record) {
		return header(record, DeadLetters.ORIGIN) + " " + header(record, "ce_id");
	}

	private static Instant at(ConsumerRecord<String, byte[]> record) {
		String at = header(record, DeadLetters.AT);
		try {
			if (at != null) return Instant.parse(at);
		} catch (DateTimeParseException _) {
			// the broker's time then
		}
		return Instant.ofEpochMilli(record.timestamp());
	}

	private static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
		Header header = record.headers().lastHeader(name);
		return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
	}
}
