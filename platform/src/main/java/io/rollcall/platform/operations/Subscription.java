package io.rollcall.platform.operations;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import io.rollcall.contracts.Topics;

/** A topic that a consumer group of this service reads. */
record Subscription(String group, String topic) {
	/** Such a group fills the memory of one process and dies with it: where it has read to, nobody needs to know. */
	private static final Pattern OF_ONE_PROCESS = Pattern.compile("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");

	String deadLetters() {
		return Topics.deadLetters(topic, group);
	}

	/** All that share their work between the instances of this service. */
	static List<Subscription> of(KafkaListenerEndpointRegistry registry) {
		return registry.getListenerContainers().stream().flatMap(Subscription::of)
				.filter(it -> !OF_ONE_PROCESS.matcher(it.group).find()).distinct().toList();
	}

	private static Stream<Subscription> of(MessageListenerContainer container) {
		String group = container.getGroupId();
		String[] topics = container.getContainerProperties().getTopics();
		if (group == null || topics == null) return Stream.empty();
		return Stream.of(topics).filter(Objects::nonNull).map(topic -> new Subscription(group, topic));
	}
}
