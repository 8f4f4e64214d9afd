package io.rollcall.notification.messaging;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.OrganizationEvent;
import io.rollcall.contracts.OrganizationEvent.OrganizationChanged;
import io.rollcall.notification.OrganizationNames;

/** Each instance reads all of {@code organization-events}, in a group of its own, and keeps a few thousand names in memory. */
@Component
class DirectoryFollower implements OrganizationNames {
	private static final Logger LOG = LoggerFactory.getLogger(DirectoryFollower.class);

	private record Named(String name, @Nullable String parent) {}

	private final Map<String, Named> byCode = new ConcurrentHashMap<>();
	private final JsonMapper json;

	DirectoryFollower(JsonMapper json) {
		this.json = json;
	}

	@Configuration(proxyBeanMethods = false)
	static class Input {
		@Bean
		Consumer<List<ConsumerRecord<String, byte[]>>> directoryChanges(DirectoryFollower follower) {
			return records -> records.forEach(follower::take);
		}
	}

	/** A record that cannot be read leaves a name as it was: a mail can do without. */
	private void take(ConsumerRecord<String, byte[]> record) {
		if (record.value() == null) return;
		try {
			switch (json.readValue(record.value(), OrganizationEvent.class)) {
				case OrganizationChanged e -> byCode.put(e.code(), new Named(e.name(), e.parent()));
				case OrganizationEvent.Unrecognized _ -> {
				}
			}
		} catch (JacksonException e) {
			LOG.warn("{}-{}@{} cannot be read: {}", record.topic(), record.partition(), record.offset(),
					e.getClass().getName());
		}
	}

	@Override
	public Optional<String> find(String code) {
		Named found = byCode.get(code);
		if (found == null) return Optional.empty();
		Named district = found.parent() == null ? null : byCode.get(found.parent());
		return Optional.of(district == null ? found.name() : found.name() + " (" + district.name() + ")");
	}
}
