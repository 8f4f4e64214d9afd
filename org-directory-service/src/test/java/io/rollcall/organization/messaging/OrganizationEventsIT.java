package io.rollcall.organization.messaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.rollcall.contracts.Topics;
import io.rollcall.organization.OrgDirectoryApplication;
import io.rollcall.organization.OrganizationRepository;
import io.rollcall.standalone.kafka.KafkaBroker;
import io.rollcall.testing.Backends;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class OrganizationEventsIT {
	private static final int ALL = 2_866;

	/** Of its own: other tests of the JVM announce their directories too. */
	private static KafkaBroker broker;

	@TempDir
	static Path directory;

	@BeforeAll
	static void startBroker() {
		broker = KafkaBroker.start(directory.resolve("kafka"));
	}

	@AfterAll
	static void stopBroker() {
		broker.close();
	}

	@Test
	void theFirstStartAnnouncesAllTheSecondNothingANewerListItsChanges() throws IOException {
		try (var first = start("--rollcall.directory.as-of=2025-12-19")) {
			awaitAnnounced(first);
		}
		List<ConsumerRecord<String, String>> announced = announcements();
		assertThat(announced).hasSize(ALL);
		assertThat(announced).extracting(ConsumerRecord::key).doesNotHaveDuplicates().contains("00000000",
				"00-771777-001");
		var doering = announced.stream().filter(record -> record.key().equals("00050000-00050303")).findFirst()
				.orElseThrow();
		assertThat(header(doering, "ce_id")).isEqualTo("00050000-00050303/1");
		assertThat(header(doering, "ce_type")).isEqualTo("io.rollcall.OrganizationChanged");
		assertThat(doering.value()).contains("\"type\":\"OrganizationChanged\"", "\"kind\":\"Public School\"",
				"\"level\":\"school\"", "\"town\":\"Agawam\"", "\"parent\":\"00050000\"", "\"closed\":false");

		int before = records().size();
		try (var second = start("--rollcall.directory.as-of=2025-12-19")) {
			second.getBean(OrganizationRelay.class).relay();
		}
		assertThat(records()).hasSize(before);

		try (var newer = start("--rollcall.directory.as-of=2026-12-18", "--rollcall.directory.files=" + newerList())) {
			awaitAnnounced(newer);
			newer.getBean(OrganizationRelay.class).relay();
		}
		announced = announcements();
		assertThat(announced).hasSize(ALL + 3).filteredOn(record -> header(record, "ce_id").endsWith("/2"))
				.extracting(ConsumerRecord::key).containsExactlyInAnyOrder("00050000", "00050000-00050303");
		assertThat(announced).filteredOn(record -> header(record, "ce_id").equals("00050000-00050303/2"))
				.singleElement().satisfies(closed -> assertThat(closed.value()).contains("\"closed\":true",
						"\"name\":\"Roberta G. Doering School\""));
		assertThat(announced).filteredOn(record -> record.key().equals("00050000-99999999")).singleElement()
				.satisfies(added -> assertThat(header(added, "ce_id")).endsWith("/1"));
	}

	/** The state's next list: Agawam has another name, one of its schools is gone, another is new. */
	private String newerList() throws IOException {
		String list;
		try (var state = getClass().getResourceAsStream("/directory/ma-organizations.csv")) {
			list = new String(state.readAllBytes(), UTF_8);
		}
		String newer = list.replaceFirst("(?m)^00050000,,Agawam,", "00050000,,Agawam Public Schools,")
				.replaceFirst("(?m)^00050000,00050303,.*\r\n", "")
				+ "00050000,99999999,Charlie School,Public School,Agawam\r\n";
		Path file = Files.writeString(directory.resolve("newer.csv"), newer);
		return file.toUri() + ",classpath:directory/demonstration-districts.csv";
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		Map<String, Object> properties = new HashMap<>();
		Backends.register((name, value) -> properties.put(name, value.get()));
		List<String> all = new ArrayList<>(List.of(arguments));
		properties.put("spring.kafka.bootstrap-servers", broker.bootstrapServers());
		properties.forEach((name, value) -> all.add("--" + name + "=" + value));
		all.addAll(List.of("--server.port=0", "--spring.mongodb.database=organization-events",
				"--rollcall.directory.refresh-interval=200ms"));
		return new SpringApplicationBuilder(OrgDirectoryApplication.class).run(all.toArray(String[]::new));
	}

	private static void awaitAnnounced(ConfigurableApplicationContext instance) {
		var repository = instance.getBean(OrganizationRepository.class);
		await().until(() -> repository.unannounced().isEmpty());
	}

	/** Each event once: the broker may have it twice when it was slow to acknowledge, and readers know it by its id. */
	private static List<ConsumerRecord<String, String>> announcements() {
		Map<String, ConsumerRecord<String, String>> byId = new LinkedHashMap<>();
		records().forEach(record -> byId.putIfAbsent(header(record, "ce_id"), record));
		return List.copyOf(byId.values());
	}

	private static List<ConsumerRecord<String, String>> records() {
		Map<String, Object> settings = Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
				broker.bootstrapServers());
		try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
			List<TopicPartition> partitions = consumer.partitionsFor(Topics.ORGANIZATION_EVENTS).stream()
					.map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
			consumer.assign(partitions);
			consumer.seekToBeginning(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			List<ConsumerRecord<String, String>> records = new ArrayList<>();
			while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
				consumer.poll(Duration.ofMillis(200)).forEach(records::add);
			}
			return records;
		}
	}

	private static String header(ConsumerRecord<?, ?> record, String name) {
		return new String(record.headers().lastHeader(name).value(), UTF_8);
	}
}
