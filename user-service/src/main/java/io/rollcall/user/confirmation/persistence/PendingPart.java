package io.rollcall.user.confirmation.persistence;

import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.springframework.data.mongodb.core.mapping.Field;

import io.rollcall.platform.messaging.CloudEvent;

import static org.springframework.data.mongodb.core.mapping.Field.Write.ALWAYS;

/**
 * An event in the document that owes it.
 *
 * @param eventId called {@code id} there; a property of that name would be stored as {@code _id}
 */
record PendingPart(@Field("id") String eventId, String topic, String key, String type, String subject, Instant time,
		@Field(write = ALWAYS) @Nullable String traceparent, byte[] body) {
	static PendingPart of(CloudEvent it) {
		return new PendingPart(it.id(), it.topic(), it.key(), it.type(), it.subject(), it.time(), it.traceparent(),
				it.body());
	}

	CloudEvent event() {
		return new CloudEvent(topic, key, eventId, type, subject, time, traceparent, body);
	}
}
