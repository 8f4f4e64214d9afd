package io.rollcall.standalone.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KafkaBrokerTests {

	@TempDir
	Path data;

	@Test
	void keepsRecordsAndOffsetsAcrossACleanRestartOnOtherPorts() throws Exception {
		try (var broker = KafkaBroker.start(data)) {
			createTopic(broker.bootstrapServers(), "roll");
			produce(broker.bootstrapServers(), "roll", "first", "second");
			assertThat(consume(broker.bootstrapServers(), "roll", "readers", 2)).containsExactly("first", "second");
		}
		try (var broker = KafkaBroker.start(data)) {
			produce(broker.bootstrapServers(), "roll", "third");
			assertThat(consume(broker.bootstrapServers(), "roll", "readers", 1)).containsExactly("third");
			assertThat(consume(broker.bootstrapServers(), "roll", "newcomers", 3)).containsExactly("first", "second",
					"third");
		}
	}

	@Test
	void createsNoTopicByItself() {
		try (var broker = KafkaBroker.start(data);
				var producer = new KafkaProducer<>(
						Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", 1000),
						new StringSerializer(), new StringSerializer())) {
			assertThatThrownBy(() -> producer.send(new ProducerRecord<>("mistyped", "value")).get())
					.isInstanceOf(ExecutionException.class).hasMessageContaining("mistyped");
		}
	}

	static void createTopic(String bootstrapServers, String topic) throws Exception {
		try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
			admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
		}
	}

	static void produce(String bootstrapServers, String topic, String... values) throws Exception {
		try (var producer = new KafkaProducer<>(
				Map.<String, Object>of("bootstrap.servers", bootstrapServers, "acks", "all"), new StringSerializer(),
				new StringSerializer())) {
			for (String value : values) {
				producer.send(new ProducerRecord<>(topic, value)).get(30, TimeUnit.SECONDS);
			}
		}
	}

	static List<String> consume(String bootstrapServers, String topic, String group, int count) {
		var values = new ArrayList<String>();
		try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", bootstrapServers,
				"group.id", group, "auto.offset.reset", "earliest"), new StringDeserializer(),
				new StringDeserializer())) {
			consumer.subscribe(List.of(topic));
			long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
			while (values.size() < count && System.nanoTime() < end) {
				consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
			}
			consumer.commitSync();
		}
		return values;
	}
}
