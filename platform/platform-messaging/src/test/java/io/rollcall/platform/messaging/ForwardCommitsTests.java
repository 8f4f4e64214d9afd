package io.rollcall.platform.messaging;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ForwardCommitsTests {
	private static final TopicPartition FIRST = new TopicPartition("results", 0);
	private static final TopicPartition SECOND = new TopicPartition("results", 1);

	private final MockConsumer<String, byte[]> broker = new MockConsumer<>("earliest");
	private final Consumer<String, byte[]> consumer = ForwardCommits.of(broker);

	@BeforeEach
	void hasReadOn() {
		consumer.assign(List.of(FIRST, SECOND));
		consumer.seek(FIRST, 336);
		consumer.seek(SECOND, 10);
		commit(Map.of(FIRST, 336L, SECOND, 10L));
	}

	private void commit(Map<TopicPartition, Long> offsets) {
		consumer.commitSync(offsets.entrySet().stream()
				.collect(Collectors.toMap(Map.Entry::getKey, it -> new OffsetAndMetadata(it.getValue()))),
				Duration.ofSeconds(1));
	}

	private long committed(TopicPartition partition) {
		return broker.committed(Set.of(partition)).get(partition).offset();
	}

	@Test
	void offsetOfBeforeIsLeftOutAndTheOthersAreCommitted() {
		consumer.seek(SECOND, 12);
		commit(Map.of(FIRST, 323L, SECOND, 12L));
		assertThat(committed(FIRST)).isEqualTo(336);
		assertThat(committed(SECOND)).isEqualTo(12);
	}

	/** As after records that were compacted away. */
	@Test
	void offsetBehindThePositionThatIsBeyondTheGroupsIsCommitted() {
		consumer.seek(FIRST, 350);
		commit(Map.of(FIRST, 340L));
		assertThat(committed(FIRST)).isEqualTo(340);
	}

	@Test
	void allElseIsTheConsumersOwn() {
		assertThat(consumer.position(FIRST)).isEqualTo(336);
		broker.wakeup();
		assertThatExceptionOfType(WakeupException.class)
				.isThrownBy(() -> consumer.poll(Duration.ZERO));
	}
}
