package io.rollcall.standalone.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What Rollcall asks of a Kafka broker, of whatever make. */
abstract class KafkaContract {
	private static final int PARTITIONS = 3;
	private static final Duration SOON = Duration.ofSeconds(90);

	private final String topic = "contract-" + UUID.randomUUID();

	abstract String servers();

	@BeforeEach
	void aTopicOfItsOwn() throws Exception {
		create(new NewTopic(topic, PARTITIONS, (short) -1));
	}

	private void create(NewTopic topic) throws Exception {
		try (var admin = admin()) {
			admin.createTopics(List.of(topic)).all().get();
			// Each broker hears of it when it does; the one that is asked next may not have.
			poll(() -> isKnown(admin, topic.name()));
		}
	}

	private static boolean isKnown(Admin admin, String topic) {
		try {
			return admin.describeTopics(Set.of(topic)).allTopicNames().get().containsKey(topic);
		} catch (InterruptedException e) {
			throw new IllegalStateException(e);
		} catch (ExecutionException e) {
			return false;
		}
	}

	private Admin admin() {
		return Admin.create(Map.of("bootstrap.servers", servers()));
	}

	private KafkaProducer<String, String> producer() {
		return new KafkaProducer<>(Map.of("bootstrap.servers", servers(), "acks", "all", "enable.idempotence", true,
				"max.block.ms", 2000), new StringSerializer(), new StringSerializer());
	}

	private KafkaConsumer<String, String> reader(String group) {
		var reader = new KafkaConsumer<>(Map.of("bootstrap.servers", servers(), "group.id", group,
				"auto.offset.reset", "earliest", "enable.auto.commit", false,
				"partition.assignment.strategy", CooperativeStickyAssignor.class.getName()), new StringDeserializer(),
				new StringDeserializer());
		reader.subscribe(List.of(topic));
		return reader;
	}

	/** Numbers from 0 on, under as many keys in turn. */
	private void publish(int count, int keys) {
		try (var producer = producer()) {
			for (int i = 0; i < count; i++)
				producer.send(new ProducerRecord<>(topic, "key-" + i % keys, "" + i));
			producer.flush();
		}
	}

	private static List<ConsumerRecord<String, String>> read(KafkaConsumer<String, String> reader, int count) {
		var records = new ArrayList<ConsumerRecord<String, String>>();
		poll(() -> {
			reader.poll(Duration.ofMillis(100)).forEach(records::add);
			return records.size() >= count;
		});
		return records;
	}

	private static void poll(BooleanSupplier done) {
		Instant end = Instant.now().plus(SOON);
		while (!done.getAsBoolean())
			assertThat(Instant.now()).isBefore(end);
	}

	@Test
	void createsNoTopicByItself() {
		try (var producer = producer()) {
			assertThatThrownBy(() -> producer.send(new ProducerRecord<>("mistyped", "value")).get())
					.isInstanceOf(ExecutionException.class).hasMessageContaining("mistyped");
		}
	}

	@Test
	void aTopicThatIsThereIsNotMadeAgain() {
		assertThatThrownBy(() -> create(new NewTopic(topic, PARTITIONS, (short) -1)))
				.hasCauseInstanceOf(TopicExistsException.class);
	}

	@Test
	void aTopicKeepsTheSettingsItWasMadeWith() throws Exception {
		String compacted = topic + "-compacted";
		create(new NewTopic(compacted, 1, (short) -1)
				.configs(Map.of("cleanup.policy", "compact", "retention.ms", "259200000")));
		try (var admin = admin()) {
			var resource = new ConfigResource(ConfigResource.Type.TOPIC, compacted);
			var settings = admin.describeConfigs(Set.of(resource)).all().get().get(resource);
			assertThat(settings.get("cleanup.policy").value()).isEqualTo("compact");
			assertThat(settings.get("retention.ms").value()).isEqualTo("259200000");
		}
	}

	@Test
	void recordsOfAKeyStayInTheirOrderOnOnePartition() {
		publish(2000, 7);
		try (var reader = reader("readers-" + topic)) {
			List<ConsumerRecord<String, String>> records = read(reader, 2000);
			assertThat(records).hasSize(2000);
			for (int key = 0; key < 7; key++) {
				String name = "key-" + key;
				var ofOne = records.stream().filter(record -> record.key().equals(name)).toList();
				assertThat(ofOne).extracting(ConsumerRecord::partition).containsOnly(ofOne.getFirst().partition());
				assertThat(ofOne).extracting(record -> Integer.valueOf(record.value())).isSorted();
			}
		}
	}

	@Test
	void headersComeBackAsTheyWereGiven() {
		try (var producer = producer()) {
			var record = new ProducerRecord<>(topic, "key", "value");
			record.headers().add("ce_id", "é".getBytes(UTF_8)).add("empty", new byte[0]);
			producer.send(record);
		}
		try (var reader = reader("readers-" + topic)) {
			var headers = read(reader, 1).getFirst().headers();
			assertThat(headers.lastHeader("ce_id").value()).isEqualTo("é".getBytes(UTF_8));
			assertThat(headers.lastHeader("empty").value()).isEmpty();
		}
	}

	@Test
	void aGroupGoesOnWhereItCommittedAndAnotherBeginsAtTheStart() {
		String group = "readers-" + topic;
		publish(10, 1);
		try (var reader = reader(group)) {
			assertThat(read(reader, 10)).hasSize(10);
			reader.commitSync(Map.of(partitionOfTheOneKey(), new OffsetAndMetadata(4)));
		}
		try (var reader = reader(group)) {
			assertThat(read(reader, 6)).extracting(ConsumerRecord::value).containsExactly("4", "5", "6", "7", "8", "9");
		}
		try (var reader = reader("newcomers-" + topic)) {
			assertThat(read(reader, 10)).hasSize(10);
		}
	}

	private TopicPartition partitionOfTheOneKey() {
		try (var reader = reader("lookers-" + topic)) {
			return new TopicPartition(topic, read(reader, 1).getFirst().partition());
		}
	}

	@Test
	void membersShareThePartitionsAndTakeOverWhatALeavingOneHad() {
		String group = "readers-" + topic;
		try (var staying = reader(group)) {
			var leaving = reader(group);
			try (leaving) {
				poll(() -> {
					staying.poll(Duration.ofMillis(50));
					leaving.poll(Duration.ofMillis(50));
					return !staying.assignment().isEmpty() && !leaving.assignment().isEmpty()
							&& staying.assignment().size() + leaving.assignment().size() == PARTITIONS;
				});
				var shared = new HashSet<>(staying.assignment());
				shared.retainAll(leaving.assignment());
				assertThat(shared).isEmpty();
			}
			poll(() -> {
				staying.poll(Duration.ofMillis(50));
				return staying.assignment().size() == PARTITIONS;
			});
		}
	}

	@Test
	void offsetsAreFoundByTheirTimeAndGroupsSetBack() throws Exception {
		String group = "readers-" + topic;
		publish(5, 1);
		TopicPartition partition = partitionOfTheOneKey();
		try (var reader = reader(group)) {
			assertThat(read(reader, 5)).hasSize(5);
			reader.commitSync();
			assertThat(reader.offsetsForTimes(Map.of(partition, 0L)).get(partition).offset()).isZero();
			assertThat(reader.offsetsForTimes(Map.of(partition, Instant.now().plusSeconds(60).toEpochMilli())))
					.containsEntry(partition, null);
		}
		try (var admin = admin()) {
			assertThat(admin.listOffsets(Map.of(partition, OffsetSpec.latest())).all().get().get(partition).offset())
					.isEqualTo(5);
			admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(3))).all().get();
			assertThat(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().get(partition)
					.offset()).isEqualTo(3);
		}
		try (var reader = reader(group)) {
			assertThat(read(reader, 2)).extracting(ConsumerRecord::value).containsExactly("3", "4");
		}
	}
}
