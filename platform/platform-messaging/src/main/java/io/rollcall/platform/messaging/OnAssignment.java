package io.rollcall.platform.messaging;

import java.util.Collection;
import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.cloud.stream.binder.kafka.KafkaBindingRebalanceListener;

/** What is to be done when an input has got its partitions. */
public interface OnAssignment {
	/** The input binding, as {@code rosterChanges-in-0}. */
	String binding();

	/** Called before the first record of them, on the thread of {@code consumer}, which may be told where to begin. */
	void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions);

	/** Tells each what is its own. */
	record Listener(List<OnAssignment> inputs) implements KafkaBindingRebalanceListener {
		@Override
		public void onPartitionsAssigned(String binding, Consumer<?, ?> consumer, Collection<TopicPartition> partitions,
				boolean initial) {
			inputs.stream().filter(it -> it.binding().equals(binding)).forEach(it -> it.assigned(consumer, partitions));
		}
	}
}
