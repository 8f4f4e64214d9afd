package io.rollcall.platform.messaging;

import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.core.KafkaOperations;

/** Makes dead letters as a {@link BatchConsumer} does, for the tests of what is done with them. */
public final class DeadLettersAccess {
	private final DeadLetters letters;

	public DeadLettersAccess(KafkaOperations<String, byte[]> broker) {
		this.letters = new DeadLetters(broker);
	}

	public DeadLetters deadLetters() {
		return letters;
	}

	public void publish(ConsumerRecord<String, byte[]> record, String group, Throwable cause) {
		letters.publish(record, group, cause, Instant.now());
	}
}
