package io.rollcall.platform.operations;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;

import io.rollcall.platform.messaging.DeadLettersAccess;
import io.rollcall.platform.messaging.Subscription;
import io.rollcall.platform.operations.Settlements.Action;
import io.rollcall.testing.Backend;
import io.rollcall.testing.TopicReader;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(Backend.class)
class DeadLetterBoxTests {
	private static final Duration SOON = Duration.ofSeconds(90);
	private static DefaultKafkaProducerFactory<String, byte[]> producers;
	private static DefaultKafkaConsumerFactory<String, byte[]> consumers;
	private static MongoClient mongo;

	@Parameter
	Backend backend;
	private final String topic = "box-" + UUID.randomUUID();
	private final Subscription subscription = new Subscription("readers", topic);
	private DeadLettersAccess letters;
	private Settlements settlements;
	private DeadLetterBox box;

	@BeforeParameterizedClassInvocation
	static void connect(Backend backend) {
		String broker = backend.kafka();
		producers = new DefaultKafkaProducerFactory<>(Map.of("bootstrap.servers", broker), new StringSerializer(),
				new ByteArraySerializer());
		consumers = new DefaultKafkaConsumerFactory<>(Map.of("bootstrap.servers", broker), new StringDeserializer(),
				new ByteArrayDeserializer());
		mongo = MongoClients.create(backend.mongo());
	}

	@AfterParameterizedClassInvocation
	static void disconnect() {
		mongo.close();
		producers.destroy();
	}

	@BeforeEach
	void makeTopics() throws Exception {
		try (var admin = Admin.create(Map.of("bootstrap.servers", backend.kafka()))) {
			admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1),
					new NewTopic(subscription.deadLetters(), 1, (short) 1))).all().get();
		}
		letters = new DeadLettersAccess(new KafkaTemplate<>(producers));
		settlements = new Settlements(mongo.getDatabase(topic), Clock.systemUTC());
		box = box(10_000);
	}

	@AfterEach
	void closeBox() {
		box.close();
	}

	private DeadLetterBox box(int most) {
		return new DeadLetterBox(consumers, letters.deadLetters(), settlements, most);
	}

	private byte[] body(int number) {
		return ("{\"name\":\"Maria Okafor " + number + "\"}").getBytes(UTF_8);
	}

	private void publish(int from, int to) {
		for (int i = from; i <= to; i++) {
			var record = new ConsumerRecord<>(topic, i % 3, i, "maria." + i, body(i));
			record.headers().add("ce_id", ("id-" + i).getBytes(UTF_8));
			record.headers().add("ce_type", "io.rollcall.AddUser".getBytes(UTF_8));
			record.headers().add("ce_subject", "Maria".getBytes(UTF_8));
			letters.publish(record, "readers", new IllegalStateException("Maria"));
		}
	}

	private List<String> ids() {
		box.refresh(List.of(subscription));
		return box.all().stream().map(DeadLetter::id).toList();
	}

	@Test
	void lettersAreListedWithTheirCauseAndWithoutWhomTheyConcern() {
		publish(1, 2);
		ids();
		DeadLetter first = box.all().getFirst();
		assertThat(first.origin()).isEqualTo(topic + "/1/1");
		assertThat(first.cause()).isEqualTo("java.lang.IllegalStateException");
		assertThat(first.type()).isEqualTo("AddUser");
		assertThat(box.all().toString()).doesNotContain("aria").doesNotContain("Okafor");
		assertThat(box.causes(subscription)).containsExactly(Map.entry("java.lang.IllegalStateException", 2L));
		assertThat(box.oldest(subscription)).isEqualTo(first.at());
	}

	@Test
	void aThousandLettersReplayedStandOnTheirTopicOnceAndInTheAuditOnce() {
		publish(1, 1000);
		try (var reader = TopicReader.fromNow(backend.kafka(), topic)) {
			List<String> ids = ids();
			assertThat(ids).hasSize(1000);
			assertThat(box.settle(ids, Action.REPLAY, "operator").values()).containsOnly("done");
			assertThat(box(10).settle(ids, Action.REPLAY, "another").values()).containsOnly("settled");
			List<ConsumerRecord<String, byte[]>> replayed = reader.await(1000, SOON);
			assertThat(replayed).hasSize(1000);
			assertThat(replayed.stream().map(it -> it.key() + new String(it.value(), UTF_8)).sorted()).containsExactly(
					IntStream.rangeClosed(1, 1000).mapToObj(i -> "maria." + i + new String(body(i), UTF_8)).sorted()
							.toArray(String[]::new));
			assertThat(replayed.getFirst().headers().lastHeader("ce_id")).isNotNull();
			assertThat(replayed.getFirst().headers().lastHeader("dlq_cause")).isNull();
			assertThat(settlements.count()).isEqualTo(1000);
			assertThat(settlements.page(0, 1)).allSatisfy(it -> {
				assertThat(it.by()).isEqualTo("operator");
				assertThat(it.action()).isEqualTo("replay");
				assertThat(it.doneAt()).isNotNull();
			});
			assertThat(ids()).isEmpty();
			assertThat(reader.drain()).isEmpty();
		}
	}

	@Test
	void letterThatWasPublishedTwiceByACrashIsOne() {
		publish(1, 1);
		publish(1, 1);
		assertThat(ids()).hasSize(1);
	}

	@Test
	void whatACrashLeftBetweenAuditAndTopicIsDoneByWhoeverAsksAgain() {
		publish(1, 1);
		List<String> ids = ids();
		assertThat(settlements.begin(box.all(), Action.REPLAY, "operator")).containsExactlyElementsOf(ids);
		assertThat(ids()).isEqualTo(ids);
		try (var reader = TopicReader.fromNow(backend.kafka(), topic)) {
			assertThat(box.settle(ids, Action.REPLAY, "another").values()).containsExactly("done");
			assertThat(reader.await(1, SOON)).hasSize(1);
		}
		assertThat(settlements.count()).isEqualTo(1);
	}

	@Test
	void discardedLetterIsListedNoMoreAndNeverReplayed() {
		publish(1, 2);
		List<String> ids = ids();
		assertThat(box.settle(ids.subList(0, 1), Action.DISCARD, "operator").values()).containsExactly("done");
		assertThat(box.settle(ids.subList(0, 1), Action.REPLAY, "operator").values()).containsExactly("settled");
		assertThat(ids()).isEqualTo(ids.subList(1, 2));
	}

	@Test
	void ofMoreLettersThanAreKeptTheRestIsCountedAndComesUpWhenThereIsRoom() {
		publish(1, 30);
		box = box(10);
		var seen = new ArrayList<String>();
		box.refresh(List.of(subscription));
		assertThat(box.open(subscription)).isEqualTo(30);
		while (!ids().isEmpty()) {
			List<String> ids = ids();
			seen.addAll(ids);
			box.settle(ids, Action.DISCARD, "operator");
		}
		assertThat(Set.copyOf(seen)).hasSize(30);
		assertThat(seen).hasSize(30);
	}

	@Test
	void unknownIdsAreSaidToBeUnknown() {
		assertThat(box.settle(List.of("x", topic + "-0-5"), Action.REPLAY, "operator").values().stream()
				.collect(Collectors.toSet())).containsExactly("unknown");
	}

	/** One of another partition, and with zeros in front. */
	@Test
	void idThatOnlyLooksLikeThatOfALetterNamesNone() {
		publish(1, 1);
		List<String> ids = ids();
		String id = ids.getFirst();
		int at = id.lastIndexOf("-0-");
		for (String between : List.of("-1-", "-00-", "-0-0")) {
			String another = id.substring(0, at) + between + id.substring(at + 3);
			assertThat(box.open(another)).as(another).isNull();
			assertThat(box.settle(List.of(another), Action.DISCARD, "operator").values()).containsExactly("unknown");
		}
		assertThat(settlements.count()).isZero();
		assertThat(ids()).isEqualTo(ids);
	}
}
