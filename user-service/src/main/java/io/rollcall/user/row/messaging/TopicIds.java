package io.rollcall.user.row.messaging;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

import io.rollcall.platform.TemporarilyUnavailable;

/** The broker's ids of topics: a topic that is deleted and made again has another. */
@Component
class TopicIds {
	private final LoadingCache<String, String> ids;

	TopicIds(KafkaAdmin admin) {
		this.ids = Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(10)).build(topic -> {
			TopicDescription description = admin.describeTopics(topic).get(topic);
			if (description == null) throw new TemporarilyUnavailable("the topic is not there");
			return description.topicId().toString();
		});
	}

	/** @throws TemporarilyUnavailable while the broker does not tell */
	String of(String topic) {
		try {
			return ids.get(topic);
		} catch (KafkaException | org.springframework.kafka.KafkaException e) {
			throw new TemporarilyUnavailable("the broker does not tell the topic's id", e);
		}
	}
}
