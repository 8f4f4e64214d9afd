package io.rollcall.platform.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaTemplate;

import io.rollcall.platform.TemporarilyUnavailable;
import io.rollcall.testing.Backends;
import io.rollcall.testing.TopicReader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What the binder is made to keep to: the traps that its defaults hold, each seen from outside on a real broker. */
@ExtendWith(OutputCaptureExtension.class)
class StreamsTests {
	private static final Duration SOON = Duration.ofSeconds(90);
	private static final String PERSON = "maria.okafor";
	private static final String RUN = UUID.randomUUID().toString();
	private static final String TEMPORARY = "temporary-" + RUN;
	private static final String STEADY = "steady-" + RUN;
	private static final String DEADLY = "deadly-" + RUN;
	private static final String OUT = "out-" + RUN;
	private static final String GROUP = "streams-" + RUN.substring(0, 8);
	private static final List<List<String>> OFFERED = new CopyOnWriteArrayList<>();
	private static final List<Long> STEADILY = new CopyOnWriteArrayList<>();
	private static ConfigurableApplicationContext service;

	@SpringBootConfiguration
	@EnableAutoConfiguration(excludeName = "org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration")
	static class Service {
		/** Fails eleven times, as if something were away, which is more often than any default tries. */
		@Bean
		Consumer<List<ConsumerRecord<String, byte[]>>> temporary() {
			return records -> {
				OFFERED.add(records.stream().map(it -> it.partition() + "@" + it.offset()).toList());
				if (OFFERED.size() <= 11) throw new TemporarilyUnavailable("away");
			};
		}

		@Bean
		Consumer<List<ConsumerRecord<String, byte[]>>> steady() {
			return records -> records.forEach(it -> STEADILY.add(it.offset()));
		}

		@Bean
		Consumer<List<ConsumerRecord<String, byte[]>>> deadly() {
			return _ -> {
				throw new LinkageError("a class is missing");
			};
		}
	}

	private static ConfigurableApplicationContext start(String... more) {
		return new SpringApplicationBuilder(Service.class).web(WebApplicationType.NONE)
				.run(Stream.concat(Stream.of("spring.application.name=streams-service",
						"spring.config.import=classpath:rollcall-messaging.yml",
						"ROLLCALL_KAFKA=" + Backends.kafka().bootstrapServers(),
						"management.endpoint.health.group.readiness.include=kafkaListeners",
						"spring.cloud.function.definition=temporary;steady;deadly",
						"spring.cloud.function.ineligible-definitions=" + OUT,
						"spring.cloud.stream.bindings.temporary-in-0.destination=" + TEMPORARY,
						"spring.cloud.stream.bindings.temporary-in-0.group=" + GROUP,
						"spring.cloud.stream.bindings.steady-in-0.destination=" + STEADY,
						"spring.cloud.stream.bindings.steady-in-0.group=" + GROUP,
						"spring.cloud.stream.bindings.deadly-in-0.destination=" + DEADLY,
						"spring.cloud.stream.bindings.deadly-in-0.group=" + GROUP,
						"spring.cloud.stream.output-bindings=" + OUT), Stream.of(more)).map("--"::concat)
						.toArray(String[]::new));
	}

	@BeforeAll
	static void startService() throws Exception {
		try (var admin = Admin.create(Map.of("bootstrap.servers", Backends.kafka().bootstrapServers()))) {
			admin.createTopics(List.of(new NewTopic(TEMPORARY, 1, (short) 1), new NewTopic(STEADY, 1, (short) 1),
					new NewTopic(DEADLY, 1, (short) 1),
					new NewTopic(OUT, 1, (short) 1))).all().get();
		}
		service = start();
	}

	@AfterAll
	static void stopService() {
		service.close();
	}

	private static List<CloudEvent> events(String topic, int count) {
		return IntStream.range(0, count).mapToObj(i -> new CloudEvent(topic, PERSON + i, "id/" + i, "Thing",
				"subject", Instant.now(), null, ("{\"email\":\"" + PERSON + "@agawam.example\"}").getBytes(UTF_8)))
				.toList();
	}

	@SuppressWarnings("unchecked")
	private static void send(String topic, int count) {
		KafkaTemplate<String, byte[]> broker = service.getBean(KafkaTemplate.class);
		events(topic, count).stream().map(it -> broker.send(it.toRecord("test"))).toList()
				.forEach(it -> it.join());
	}

	@Test
	void sameRecordsAreOfferedUntilTheWorkCanBeDoneAndNothingOfThemIsLogged(CapturedOutput log) {
		send(TEMPORARY, 20);
		await().atMost(SOON).until(() -> OFFERED.size() > 11);
		List<String> first = OFFERED.getFirst();
		assertThat(OFFERED.subList(0, 11)).allSatisfy(it -> assertThat(it).startsWith(first.getFirst()));
		// Some twice, where another test's service joins the group meanwhile.
		await().atMost(SOON).until(
				() -> OFFERED.subList(11, OFFERED.size()).stream().flatMap(List::stream).distinct().count() == 20);
		assertThat(log.getAll()).doesNotContain(PERSON).doesNotContain("agawam");
	}

	@Test
	void inputThatAnErrorEndedIsDown() {
		Inputs inputs = service.getBean(Inputs.class);
		send(DEADLY, 1);
		await().atMost(SOON).until(() -> inputs.health().getStatus().equals(Status.DOWN));
		assertThat(inputs.health().getDetails()).containsEntry("deadly-in-0", "stopped").containsEntry(
				"temporary-in-0", "running");
	}

	@Test
	void recordsHaveTheHeadersOfTheCatalogAndNoOthers() {
		try (var reader = TopicReader.fromNow(Backends.kafka().bootstrapServers(), OUT)) {
			service.getBean(AcknowledgedPublisher.class).publish(events(OUT, 3));
			List<ConsumerRecord<String, byte[]>> records = reader.await(3, SOON);
			assertThat(records).allSatisfy(record -> {
				Set<String> names = new TreeSet<>();
				for (Header header : record.headers())
					names.add(header.key());
				assertThat(names).containsExactly("ce_id", "ce_source", "ce_specversion", "ce_subject", "ce_time",
						"ce_type", "content-type", "traceparent");
				assertThat(new String(record.headers().lastHeader("ce_source").value(), UTF_8))
						.isEqualTo("/streams-service");
			});
			assertThat(records).extracting(ConsumerRecord::key).containsExactly(PERSON + 0, PERSON + 1, PERSON + 2);
		}
	}

	@Test
	void outputsWaitForAllReplicasAndSendManyAtOnce() {
		var settings = service.getBean(Outputs.class).settings(OUT);
		assertThat(settings).containsEntry(ProducerConfig.ACKS_CONFIG, "all")
				.containsEntry(ProducerConfig.LINGER_MS_CONFIG, "5")
				.containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
	}

	@Test
	void outputIsNotTakenForASupplierThatIsPolled() {
		assertThat(service.getBeanDefinitionNames()).noneMatch(it -> it.endsWith("_spca"));
	}

	@Test
	void inputThatWasStoppedGoesOnWhereItWas() {
		var bindings = service.getBean(BindingsLifecycleController.class);
		send(STEADY, 3);
		await().atMost(SOON).until(() -> STEADILY.size() == 3);
		bindings.stop("steady-in-0");
		send(STEADY, 2);
		bindings.start("steady-in-0");
		await().atMost(SOON).until(() -> STEADILY.size() >= 5);
		assertThat(STEADILY).containsExactly(0L, 1L, 2L, 3L, 4L);
	}

	@Test
	void inputWithoutAFunctionFailsTheStart() {
		assertThatThrownBy(() -> start("spring.cloud.stream.bindings.nobody-in-0.destination=" + TEMPORARY,
				"spring.cloud.stream.bindings.nobody-in-0.group=" + GROUP).close())
				.hasRootCauseMessage("inputs without a function: [nobody-in-0]");
	}

	@Test
	void binderThatWouldGiveUpRecordsByItselfFailsTheStart() {
		assertThatThrownBy(
				() -> start("spring.cloud.stream.kafka.bindings.temporary-in-0.consumer.enable-dlq=true")
						.close())
				.hasRootCauseMessage("temporary-in-0 is not set as every input is (rollcall-messaging.yml)");
	}

	@Test
	void binderThatWouldConvertRecordsByItselfFailsTheStart() {
		assertThatThrownBy(
				() -> start("spring.cloud.stream.bindings.temporary-in-0.consumer.use-native-decoding=false").close())
				.hasRootCauseMessage("temporary-in-0 is not set as every input is (rollcall-messaging.yml)");
	}
}
