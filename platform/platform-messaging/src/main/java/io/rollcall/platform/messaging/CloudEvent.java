package io.rollcall.platform.messaging;

import java.time.Instant;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

import io.rollcall.platform.Traceparent;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A message ready for its topic: CloudEvents 1.0 in Kafka's binary binding, so attributes are {@code ce_} headers and the
 * body is the JSON alone.
 *
 * @param id unique and derived from its cause, so that publishing twice is recognisable
 * @param type the declared wire type, as {@code UserCreated}
 * @param subject what it is about: an account id, an import id, an organization code
 * @param traceparent W3C trace context, one a record
 */
public record CloudEvent(String topic, String key, String id, String type, String subject, Instant time,
		@Nullable String traceparent, byte[] body) {
	/** Prefix of {@code ce_type}, as CloudEvents asks for a reversed domain name. */
	static final String TYPE_PREFIX = "io.rollcall.";
	static final String TIME = "ce_time";

	/** As a record for the producer; {@code source} is the publishing service, as {@code user-service}. */
	public ProducerRecord<String, byte[]> toRecord(String source) {
		var record = new ProducerRecord<String, byte[]>(topic, null, key, body);
		Headers headers = record.headers();
		header(headers, "ce_specversion", "1.0");
		header(headers, "ce_id", id);
		header(headers, "ce_type", TYPE_PREFIX + type);
		header(headers, "ce_source", "/" + source);
		header(headers, "ce_subject", subject);
		header(headers, TIME, time.toString());
		header(headers, "content-type", "application/json");
		header(headers, Traceparent.HEADER, traceparent == null ? Traceparent.start() : traceparent);
		return record;
	}

	private static void header(Headers headers, String name, String value) {
		headers.add(name, value.getBytes(UTF_8));
	}

	/** The framework's exceptions print it: no key, no body. */
	@Override
	public String toString() {
		return type + " for " + topic;
	}
}
