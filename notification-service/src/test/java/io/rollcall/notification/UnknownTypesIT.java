package io.rollcall.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a newer release writes is passed over by this one, and counted. */
class UnknownTypesIT extends RunningService {
	@Autowired
	MeterRegistry meters;

	@ParameterizedTest
	@CsvSource({"notification-service,user-events", "notification-service,credential-events",
			"notification-service,import-events", "notification-service,confirmation-events"})
	void whatIsOfAnUnknownTypeIsCountedAndNoDeadLetter(String group, String topic) {
		double before = count(group, topic, "unrecognized");
		double dead = count(group, topic, "dead-letter");
		String id = UUID.randomUUID().toString();
		publisher.publish(List.of(new CloudEvent(topic, id, id, "SomethingNew", id, Instant.now(), null,
				("{\"type\":\"SomethingNew\",\"accountId\":\"" + id + "\"}").getBytes(UTF_8))));
		await().untilAsserted(() -> assertThat(count(group, topic, "unrecognized")).isGreaterThan(before));
		assertThat(count(group, topic, "dead-letter")).isEqualTo(dead);
	}

	private double count(String group, String topic, String outcome) {
		Counter counter = meters.find("rollcall.records.consumed")
				.tags("group", group, "topic", topic, "outcome", outcome).counter();
		return counter == null ? 0 : counter.count();
	}
}
