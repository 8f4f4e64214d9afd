package io.rollcall.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic as a test wants to: from now on, until as many records have come as are expected. */
public final class TopicReader implements AutoCloseable {
	private final KafkaConsumer<String, byte[]> consumer;
	private final String topic;

	private TopicReader(KafkaConsumer<String, byte[]> consumer, String topic) {
		this.consumer = consumer;
		this.topic = topic;
	}

	/** Reads what is published from this call on. */
	public static TopicReader fromNow(String bootstrapServers, String topic) {
		var consumer = new KafkaConsumer<>(
				Map.<String, Object>of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
				new StringDeserializer(),
				new ByteArrayDeserializer());
		List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
				.map(info -> new TopicPartition(topic, info.partition())).toList();
		consumer.assign(partitions);
		consumer.seekToEnd(partitions);
		partitions.forEach(consumer::position); // seeking is lazy
		return new TopicReader(consumer, topic);
	}

	/** The next records, at least {@code count} of them. */
	public List<ConsumerRecord<String, byte[]>> await(int count, Duration atMost) {
		List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
		Instant end = Instant.now().plus(atMost);
		while (records.size() < count) {
			if (Instant.now().isAfter(end)) {
				throw new AssertionError(topic + ": " + records.size() + " of " + count + " records within " + atMost);
			}
			consumer.poll(Duration.ofMillis(50)).forEach(records::add);
		}
		return records;
	}

	/** What has come and was not read yet. */
	public List<ConsumerRecord<String, byte[]>> drain() {
		List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
		consumer.poll(Duration.ofMillis(300)).forEach(records::add);
		return records;
	}

	@Override
	public void close() {
		consumer.close();
	}
}
