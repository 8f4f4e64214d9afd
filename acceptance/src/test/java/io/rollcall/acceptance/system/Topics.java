package io.rollcall.acceptance.system;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The event streams as an operator sees them: bytes, offsets, lags. */
public final class Topics implements AutoCloseable {
	private static final JsonMapper JSON = JsonMapper.builder().build();

	/** Such a group fills the memory of one process and dies with it: where it has read to, it need not commit. */
	private static final Pattern OF_ONE_PROCESS = Pattern.compile("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");

	private final String servers;
	private final Admin admin;

	public Topics(String servers) {
		this.servers = servers;
		// It goes through what the tests do to the network, too: a connection that was forgotten there is given up soon.
		this.admin = Admin.create(Map.of("bootstrap.servers", servers, "request.timeout.ms", 5_000,
				"connections.max.idle.ms", 5_000));
	}

	@Override
	public void close() {
		admin.close(Duration.ofSeconds(2));
	}

	/** All topics of the system, dead letters among them, without Kafka's own. */
	public Set<String> names() {
		return get(admin.listTopics().names()).stream().filter(name -> !name.startsWith("__"))
				.collect(Collectors.toSet());
	}

	/** Where each partition ends now. */
	public Map<String, Long> ends() {
		return new TreeMap<>(ends(names()).entrySet().stream()
				.collect(Collectors.toMap(end -> end.getKey().toString(), Map.Entry::getValue)));
	}

	/** How many records a topic ever had. */
	public long size(String topic) {
		return ends(Set.of(topic)).values().stream().mapToLong(Long::longValue).sum();
	}

	/** Records that some consumer group with living members has still to read. */
	public long lag() {
		var ends = ends(names());
		long lag = 0;
		for (String group : groups()) {
			Map<TopicPartition, OffsetAndMetadata> read = get(
					admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
			var topics = new HashSet<String>();
			read.keySet().forEach(partition -> topics.add(partition.topic()));
			for (var end : ends.entrySet()) {
				if (topics.contains(end.getKey().topic())) {
					OffsetAndMetadata position = read.get(end.getKey());
					lag += end.getValue() - (position == null ? 0 : position.offset());
				}
			}
		}
		return lag;
	}

	/** Everything that a topic holds, in the order of each partition. */
	public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
		var ends = ends(Set.of(topic));
		var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
		try (var consumer = new KafkaConsumer<byte[], byte[]>(Map.of("bootstrap.servers", servers, "max.poll.records",
				5000, "isolation.level", "read_uncommitted"), new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			consumer.assign(ends.keySet());
			consumer.seekToBeginning(ends.keySet());
			Await.closely("the end of " + topic, () -> {
				consumer.poll(Duration.ofMillis(200)).forEach(records::add);
				return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())
						? true
						: null;
			});
		}
		return records;
	}

	/** The values of a topic as JSON. */
	public List<JsonNode> values(String topic) {
		return records(topic).stream().map(Topics::json).toList();
	}

	public static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
		return JSON.readTree(record.value());
	}

	/** The header's text; empty where the record has none. */
	public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		Header header = record.headers().lastHeader(name);
		return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
	}

	/** Publishes values, each under its key, and returns when the broker has them. */
	public void publish(String topic, Map<String, byte[]> values) {
		try (var producer = new KafkaProducer<byte[], byte[]>(Map.of("bootstrap.servers", servers, "linger.ms", 20),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			values.forEach((key, value) -> producer
					.send(new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), value)));
			producer.flush();
		}
	}

	/** Puts records onto their topic once more, byte for byte: as a broker that delivers twice would. */
	public void deliverAgain(List<ConsumerRecord<byte[], byte[]>> records) {
		try (var producer = new KafkaProducer<byte[], byte[]>(Map.of("bootstrap.servers", servers, "linger.ms", 20),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			for (var record : records) {
				producer.send(new ProducerRecord<>(record.topic(), record.partition(), record.key(), record.value(),
						record.headers()));
			}
			producer.flush();
		}
	}

	/** Puts a record of one's own onto a topic. */
	public void publish(String topic, int partition, String key, String value) {
		try (var producer = new KafkaProducer<byte[], byte[]>(Map.of("bootstrap.servers", servers),
				new ByteArraySerializer(), new ByteArraySerializer())) {
			producer.send(new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8),
					value.getBytes(StandardCharsets.UTF_8)));
			producer.flush();
		}
	}

	/** Sets every group that has no living member back to the first record of all it reads; returns how many records that makes. */
	public long rewindAllGroups() {
		var begins = new HashMap<TopicPartition, Long>();
		var wanted = new HashMap<TopicPartition, OffsetSpec>();
		var ends = ends(names());
		ends.keySet().forEach(partition -> wanted.put(partition, OffsetSpec.earliest()));
		get(admin.listOffsets(wanted).all()).forEach((partition, begin) -> begins.put(partition, begin.offset()));
		long records = 0;
		Set<String> groups = get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all()).stream()
				.map(GroupListing::groupId).filter(group -> !OF_ONE_PROCESS.matcher(group).find())
				.collect(Collectors.toSet());
		for (String group : groups) {
			Await.until("the members of " + group + " are gone",
					() -> get(admin.describeConsumerGroups(Set.of(group)).all()).get(group).members().isEmpty()
							? true
							: null);
			var rewound = new HashMap<TopicPartition, OffsetAndMetadata>();
			for (TopicPartition partition : get(
					admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).keySet()) {
				long begin = begins.getOrDefault(partition, 0L);
				rewound.put(partition, new OffsetAndMetadata(begin));
				records += ends.getOrDefault(partition, begin) - begin;
			}
			if (!rewound.isEmpty()) get(admin.alterConsumerGroupOffsets(group, rewound).all());
		}
		return records;
	}

	/**
	 * Is a member of a consumer group for a while, takes whatever it is given and leaves it undone: what was not committed is given
	 * to others.
	 */
	public void joinAndLeave(String group, String topic, Duration stay) {
		long end = System.nanoTime() + stay.toNanos();
		try (var consumer = new KafkaConsumer<byte[], byte[]>(
				Map.of("bootstrap.servers", servers, "group.id", group, "enable.auto.commit", false,
						"auto.offset.reset", "earliest", "session.timeout.ms", 10_000, "heartbeat.interval.ms", 2_500,
						"partition.assignment.strategy", CooperativeStickyAssignor.class.getName()),
				new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			consumer.subscribe(List.of(topic));
			while (System.nanoTime() < end)
				consumer.poll(Duration.ofMillis(200));
		}
	}

	private Set<String> groups() {
		var groups = new HashSet<String>();
		get(admin.listGroups(ListGroupsOptions.forConsumerGroups()).all())
				.stream().map(GroupListing::groupId).filter(group -> !OF_ONE_PROCESS.matcher(group).find())
				.forEach(groups::add);
		var alive = new HashSet<String>();
		get(admin.describeConsumerGroups(groups).all()).forEach((name, group) -> {
			if (!group.members().isEmpty()) {
				alive.add(name);
			}
		});
		return alive;
	}

	private Map<TopicPartition, Long> ends(Set<String> topics) {
		var wanted = new HashMap<TopicPartition, OffsetSpec>();
		get(admin.describeTopics(topics).allTopicNames()).forEach((name, topic) -> topic.partitions()
				.forEach(
						partition -> wanted.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
		var ends = new HashMap<TopicPartition, Long>();
		get(admin.listOffsets(wanted).all()).forEach((partition, end) -> ends.put(partition, end.offset()));
		return ends;
	}

	private static <T> T get(KafkaFuture<T> future) {
		try {
			return future.get();
		} catch (ExecutionException e) {
			throw new IllegalStateException(e.getCause());
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(e);
		}
	}
}
