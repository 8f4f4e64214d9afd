package io.rollcall.platform.messaging;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;

import io.rollcall.contracts.Topics;
import io.rollcall.platform.TemporarilyUnavailable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Publishes what a group cannot handle, original key, bytes and headers, with {@code dlq_} headers that say where it stood and
 * the class of the cause. Never the cause's text, which may hold personal data. The id of a dead letter is its origin
 * ({@code dlq_origin}), so that one published again after a crash is recognised.
 */
public final class DeadLetters {
	private static final String HEADER = "dlq_";
	/** {@code topic/partition/offset} of the record. */
	public static final String ORIGIN = HEADER + "origin";
	/** Class of the failure. */
	public static final String CAUSE = HEADER + "cause";
	/** When the group gave up. */
	public static final String AT = HEADER + "at";
	private static final String GROUP = HEADER + "group";
	/** On a record that was published again: the dead letter it was. */
	static final String REPLAY_OF = HEADER + "replay_of";

	private final KafkaOperations<String, byte[]> broker;

	/** @param broker not an output: to which topic a letter goes follows from where it stood */
	DeadLetters(KafkaOperations<String, byte[]> broker) {
		this.broker = broker;
	}

	/** The dead-letter topic of a group. */
	static NewTopic topic(Subscription subscription) {
		// -1: the broker's own default, which operators set for the whole cluster
		return new NewTopic(subscription.deadLetters(), 1, (short) -1)
				.configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(30L * 24 * 60 * 60 * 1000)));
	}

	/**
	 * Publishes letters on the topic {@code topic} they came from, as they stood there: key, bytes and headers. Returns when the
	 * broker has all of them.
	 *
	 * @throws TemporarilyUnavailable when it has not; some may have been published
	 */
	public void replay(String topic, Collection<ConsumerRecord<String, byte[]>> letters) {
		send(letters.stream().map(letter -> original(topic, letter)).toList());
	}

	private static ProducerRecord<String, byte[]> original(String topic, ConsumerRecord<String, byte[]> letter) {
		var original = new ProducerRecord<String, byte[]>(topic, null, letter.key(), letter.value());
		letter.headers().forEach(header -> {
			if (!header.key().startsWith(HEADER)) original.headers().add(header);
		});
		header(original, REPLAY_OF, letter.topic() + "-" + letter.partition() + "-" + letter.offset());
		return original;
	}

	void publish(ConsumerRecord<String, byte[]> record, String group, Throwable cause, Instant at) {
		var letter = new ProducerRecord<String, byte[]>(Topics.deadLetters(record.topic(), group), null, record.key(),
				record.value());
		record.headers().forEach(header -> {
			if (!header.key().startsWith(HEADER)) letter.headers().add(header);
		});
		header(letter, ORIGIN, record.topic() + "/" + record.partition() + "/" + record.offset());
		header(letter, GROUP, group);
		header(letter, CAUSE, cause.getClass().getName());
		header(letter, AT, at.toString());
		send(List.of(letter));
	}

	private void send(List<ProducerRecord<String, byte[]>> records) {
		try {
			var acknowledgements = records.stream().map(broker::send).toList();
			broker.flush();
			Acknowledgements.await(acknowledgements);
		} catch (KafkaException e) {
			throw new TemporarilyUnavailable("the broker takes nothing", e);
		}
	}

	private static void header(ProducerRecord<String, byte[]> letter, String name, String value) {
		letter.headers().add(name, value.getBytes(UTF_8));
	}
}
