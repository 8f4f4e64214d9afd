package io.rollcall.standalone.kafka;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.rollcall.standalone.launcher.Ports;

import static org.assertj.core.api.Assertions.assertThat;

class KafkaBrokerIT {
	@TempDir
	Path data;

	private final List<Process> started = new ArrayList<>();

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
	void losesNothingItAcknowledgedWhenKilled() throws Exception {
		var first = jvm();
		createTopic(first.bootstrapServers(), "roll");
		produce(first.bootstrapServers(), "roll", "first", "second");
		assertThat(consume(first.bootstrapServers(), "roll", "readers", 1)).contains("first");
		first.process().destroyForcibly().waitFor();

		var second = jvm();
		assertThat(consume(second.bootstrapServers(), "roll", "newcomers", 2)).containsExactly("first", "second");
		second.process().destroy();
		assertThat(second.process().waitFor(90, TimeUnit.SECONDS)).isTrue();
	}

	private record Jvm(Process process, String bootstrapServers) {}

	/** A broker as the launcher starts it. */
	private Jvm jvm() throws Exception {
		var ports = Ports.free();
		var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx320m",
				"-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), KafkaBroker.class.getName(),
				"--data=" + data, "--port=" + ports.kafka(), "--controller-port=" + ports.kafkaController())
				.redirectError(ProcessBuilder.Redirect.DISCARD).start();
		started.add(process);
		var lines = process.inputReader();
		String line = lines.readLine();
		while (line != null && !line.startsWith("Kafka is ready"))
			line = lines.readLine();
		assertThat(line).isNotNull();
		return new Jvm(process, "127.0.0.1:" + ports.kafka());
	}

	@AfterEach
	void endProcesses() {
		started.forEach(Process::destroyForcibly);
	}

	static void createTopic(String bootstrapServers, String topic) throws Exception {
		try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
			admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(90, TimeUnit.SECONDS);
		}
	}

	static void produce(String bootstrapServers, String topic, String... values) throws Exception {
		try (var producer = new KafkaProducer<>(
				Map.<String, Object>of("bootstrap.servers", bootstrapServers, "acks", "all"), new StringSerializer(),
				new StringSerializer())) {
			for (String value : values)
				producer.send(new ProducerRecord<>(topic, value)).get(90, TimeUnit.SECONDS);
		}
	}

	static List<String> consume(String bootstrapServers, String topic, String group, int count) {
		var values = new ArrayList<String>();
		try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", bootstrapServers,
				"group.id", group, "auto.offset.reset", "earliest"), new StringDeserializer(),
				new StringDeserializer())) {
			consumer.subscribe(List.of(topic));
			long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
			while (values.size() < count && System.nanoTime() < end)
				consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
			consumer.commitSync();
		}
		return values;
	}
}
