package io.rollcall.platform.messaging;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaUtils;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.Topics;
import io.rollcall.contracts.UserCommand;
import io.rollcall.contracts.UserCommand.AddUser;
import io.rollcall.platform.TemporarilyUnavailable;
import io.rollcall.testing.Backend;
import io.rollcall.testing.TopicReader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ParameterizedClass
@EnumSource(Backend.class)
class BatchConsumerTests {
	private static final String GROUP = "batch-consumer-tests";
	private static final UUID IMPORT = UUID.randomUUID();
	private static DefaultKafkaProducerFactory<String, byte[]> producers;

	@Parameter
	Backend backend;
	private final JsonMapper json = JsonMapper.builder().build();
	private final List<Integer> handled = new ArrayList<>();

	@BeforeParameterizedClassInvocation
	static void makeTopic(Backend backend) throws Exception {
		String broker = backend.kafka();
		try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker))) {
			admin.createTopics(List.of(DeadLetters.topic(new Subscription(GROUP, Topics.USER_COMMANDS)))).all().get();
		}
		producers = new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", broker), new StringSerializer(),
				new ByteArraySerializer());
	}

	@BeforeEach
	void beAConsumer() {
		KafkaUtils.setConsumerGroupId(GROUP);
	}

	@AfterEach
	void beNone() {
		KafkaUtils.clearConsumerGroupId();
	}

	@AfterParameterizedClassInvocation
	static void closeProducers() {
		producers.destroy();
	}

	private BatchConsumer<UserCommand> consumer(BatchConsumer.Work<UserCommand> work) {
		var deadLetters = new DeadLetters(new KafkaTemplate<>(producers));
		return new BatchConsumer<>(UserCommand.class, work, json, deadLetters, Clock.systemUTC(),
				new SimpleMeterRegistry());
	}

	private ConsumerRecord<String, byte[]> record(int number) {
		return new ConsumerRecord<>(Topics.USER_COMMANDS, 0, number, "key", json.writeValueAsBytes(
				new AddUser(IMPORT + "/" + number, IMPORT, number, Map.of(), UUID.randomUUID(), false)));
	}

	private List<ConsumerRecord<String, byte[]>> records(int count) {
		return IntStream.range(0, count).mapToObj(this::record).toList();
	}

	private static List<String> origins(List<ConsumerRecord<String, byte[]>> letters) {
		return letters.stream().map(it -> new String(it.headers().lastHeader("dlq_origin").value(), UTF_8)).toList();
	}

	private TopicReader deadLetters() {
		return TopicReader.fromNow(backend.kafka(),
				Topics.deadLetters(Topics.USER_COMMANDS, GROUP));
	}

	@Test
	void oneRecordThatCannotBeHandledIsADeadLetterAndAllOthersAreHandledInOrder() {
		try (var letters = deadLetters()) {
			consumer(batch -> {
				if (batch.stream().anyMatch(it -> it.message().recordNumber() == 137)) {
					throw new IllegalStateException("Maria Okafor, maria@agawam.example");
				}
				batch.forEach(it -> handled.add(it.message().recordNumber()));
			}).accept(records(200));
			assertThat(handled).containsExactlyElementsOf(
					IntStream.range(0, 200).filter(it -> it != 137).boxed().toList());
			List<ConsumerRecord<String, byte[]>> found = letters.await(1, Duration.ofSeconds(90));
			assertThat(origins(found)).containsExactly(Topics.USER_COMMANDS + "/0/137");
			found.getFirst().headers()
					.forEach(header -> assertThat(new String(header.value(), UTF_8)).doesNotContain("agawam"));
		}
	}

	@Test
	void stackOverflowIsTheRecordsFaultToo() {
		try (var letters = deadLetters()) {
			consumer(batch -> {
				if (batch.getFirst().message().recordNumber() == 0) throw new StackOverflowError();
				batch.forEach(it -> handled.add(it.message().recordNumber()));
			}).accept(records(3));
			assertThat(handled).containsExactly(1, 2);
			assertThat(letters.await(1, Duration.ofSeconds(90))).hasSize(1);
		}
	}

	@Test
	void recordThatCannotBeReadDoesNotReachTheWork() {
		try (var letters = deadLetters()) {
			byte[] poison = "{\"type\":\"AddUser\",\"recordNumber\":{}}".getBytes(UTF_8);
			consumer(batch -> batch.forEach(it -> handled.add(it.message().recordNumber())))
					.accept(List.of(record(0), new ConsumerRecord<>(Topics.USER_COMMANDS, 0, 1, "key", poison),
							new ConsumerRecord<>(Topics.USER_COMMANDS, 0, 2, "key", null), record(3)));
			assertThat(handled).containsExactly(0, 3);
			List<ConsumerRecord<String, byte[]>> found = letters.await(2, Duration.ofSeconds(90));
			assertThat(found.getFirst().value()).isEqualTo(poison);
			assertThat(origins(found)).containsExactly(Topics.USER_COMMANDS + "/0/1", Topics.USER_COMMANDS + "/0/2");
		}
	}

	@Test
	void whatIsAwayIsWaitedForAndNothingBecomesADeadLetter() {
		try (var letters = deadLetters()) {
			for (RuntimeException away : List.of(new TemporarilyUnavailable("away"),
					new IllegalStateException(new TemporarilyUnavailable("away")), new TimeoutException("away"),
					new IllegalStateException(new NotLeaderOrFollowerException("away")))) {
				BatchConsumer<UserCommand> consumer = consumer(_ -> {
					throw away;
				});
				assertThatThrownBy(() -> consumer.accept(records(4))).isSameAs(away);
			}
			assertThat(letters.drain()).isEmpty();
		}
	}

	@Test
	void failureThatPassesIsNoDeadLetter() {
		try (var letters = deadLetters()) {
			int[] calls = {0};
			consumer(batch -> {
				if (calls[0]++ < 2) throw new IllegalStateException("once more");
				batch.forEach(it -> handled.add(it.message().recordNumber()));
			}).accept(records(1));
			assertThat(handled).containsExactly(0);
			assertThat(letters.drain()).isEmpty();
		}
	}

	@Test
	void whileDeadLettersCannotBeWrittenTheRecordIsHeldAndNotLost() throws Exception {
		String broker = backend.kafka();
		String group = "no-letters-yet";
		KafkaUtils.setConsumerGroupId(group);
		var impatient = new DefaultKafkaProducerFactory<String, byte[]>(
				Map.of("bootstrap.servers", broker, "max.block.ms", 500), new StringSerializer(),
				new ByteArraySerializer());
		var letters = new DeadLetters(new KafkaTemplate<>(impatient));
		var consumer = new BatchConsumer<>(UserCommand.class,
				batch -> batch.forEach(it -> handled.add(it.message().recordNumber())), json, letters,
				Clock.systemUTC(), new SimpleMeterRegistry());
		var records = List.of(record(0), new ConsumerRecord<>(Topics.USER_COMMANDS, 0, 1, "key", "{".getBytes(UTF_8)),
				record(2));
		assertThatThrownBy(() -> consumer.accept(records)).isInstanceOf(TemporarilyUnavailable.class);
		try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker))) {
			admin.createTopics(List.of(DeadLetters.topic(new Subscription(group, Topics.USER_COMMANDS)))).all().get();
		}
		try (var reader = TopicReader.fromNow(broker, Topics.deadLetters(Topics.USER_COMMANDS, group))) {
			consumer.accept(records);
			assertThat(handled).containsExactly(0, 2);
			assertThat(origins(reader.await(1, Duration.ofSeconds(90))))
					.containsExactly(Topics.USER_COMMANDS + "/0/1");
		} finally {
			impatient.destroy();
		}
	}
}
