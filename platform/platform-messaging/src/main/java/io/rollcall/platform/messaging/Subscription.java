package io.rollcall.platform.messaging;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.springframework.cloud.stream.config.BindingServiceProperties;

import io.rollcall.contracts.Topics;

/** A topic that a consumer group of this service reads, whose instances share the work. */
public record Subscription(String group, String topic) {
	/** Such a group fills the memory of one process and dies with it: where it has read to, nobody needs to know. */
	private static final Pattern OF_ONE_PROCESS = Pattern.compile("-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$");

	/** Name of the topic for what the group cannot handle. */
	public String deadLetters() {
		return Topics.deadLetters(topic, group);
	}

	/** All that the settings describe. */
	public static List<Subscription> of(BindingServiceProperties settings) {
		return settings.getBindings().entrySet().stream().filter(it -> Inputs.isInput(it.getKey()))
				.map(it -> it.getValue()).filter(it -> !OF_ONE_PROCESS.matcher(it.getGroup()).find())
				.flatMap(it -> Stream.of(it.getDestination().split(","))
						.map(topic -> new Subscription(it.getGroup(), topic)))
				.distinct().toList();
	}
}
