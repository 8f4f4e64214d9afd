package io.rollcall.platform.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.Topics;

/** The messaging beans of a service, and the topics, which any service creates when they are missing. */
@AutoConfiguration(before = KafkaAutoConfiguration.class)
@ConditionalOnClass(KafkaAdmin.class)
@EnableConfigurationProperties(MessagingAutoConfiguration.TopicSettings.class)
class MessagingAutoConfiguration {
	/**
	 * @param partitions how far the consumers of a topic can be spread
	 * @param replicas copies in the cluster; -1 is the broker's default
	 * @param secretsRetention how long encrypted secrets stay: no longer than the secrets themselves live
	 */
	@ConfigurationProperties("rollcall.topics")
	record TopicSettings(@DefaultValue("6") int partitions, @DefaultValue("-1") short replicas,
			@DefaultValue("72h") Duration secretsRetention, @DefaultValue("30d") Duration retention) {}

	@Bean
	@ConditionalOnMissingBean
	Clock clock() {
		return Clock.tickMillis(ZoneOffset.UTC); // as fine as the database keeps it
	}

	@Bean
	AcknowledgedPublisher acknowledgedPublisher(ProducerFactory<String, byte[]> producers,
			@Value("${spring.application.name}") String service, MeterRegistry meters) {
		return new AcknowledgedPublisher(producers, service, meters);
	}

	@Bean
	CloudEvents cloudEvents(JsonMapper json) {
		return new CloudEvents(json);
	}

	@Bean
	DeadLetters deadLetters(AcknowledgedPublisher publisher) {
		return new DeadLetters(publisher);
	}

	@Bean
	BatchConsumers batchConsumers(JsonMapper json, DeadLetters deadLetters, Clock clock, MeterRegistry meters) {
		return new BatchConsumers(json, deadLetters, clock, meters);
	}

	/**
	 * Platform threads, also where requests have virtual ones: a batch computes for as long as it takes, and a virtual thread gives
	 * its processor to nobody meanwhile, so that people would wait for it. Of the lowest priority, for a JVM that is told to make
	 * something of it ({@code -XX:ThreadPriorityPolicy=1}): rows wait while people want the processors.
	 */
	@Bean
	ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> listenersOnPlatformThreads() {
		var threads = new SimpleAsyncTaskExecutor("kafka-");
		threads.setThreadPriority(Thread.MIN_PRIORITY);
		return container -> container.getContainerProperties().setListenerTaskExecutor(threads);
	}

	/** For ever: what reaches the container is temporary, everything else {@link BatchConsumer} has dealt with. */
	@Bean
	CommonErrorHandler retryWhileUnavailable() {
		var backOff = new ExponentialBackOff(200, 1.6);
		backOff.setMaxInterval(2_000);
		var handler = new DefaultErrorHandler(backOff);
		handler.defaultFalse(true);
		handler.addRetryableExceptions(Exception.class);
		return handler;
	}

	@Bean
	KafkaAdmin.NewTopics topics(TopicSettings settings) {
		NewTopic secrets = topic(Topics.CREDENTIAL_EVENTS, settings);
		// Segments roll early: only a closed one is deleted when its time is over.
		secrets.configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, millis(settings.secretsRetention()),
				TopicConfig.SEGMENT_MS_CONFIG, millis(Duration.ofHours(6))));
		NewTopic organizations = topic(Topics.ORGANIZATION_EVENTS, settings);
		organizations.configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
		return new KafkaAdmin.NewTopics(topic(Topics.USER_COMMANDS, settings),
				topic(Topics.USER_COMMAND_RESULTS, settings), topic(Topics.USER_EVENTS, settings),
				topic(Topics.DELIVERY_EVENTS, settings), topic(Topics.IMPORT_EVENTS, settings), secrets, organizations);
	}

	private static NewTopic topic(String name, TopicSettings settings) {
		return new NewTopic(name, settings.partitions(), settings.replicas())
				.configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, millis(settings.retention())));
	}

	private static String millis(Duration duration) {
		return String.valueOf(duration.toMillis());
	}

	/** Down when a listener has died: an {@code Error} ends a consumer while everything else looks well. */
	@Bean
	HealthIndicator kafkaListenersHealthIndicator(KafkaListenerEndpointRegistry registry) {
		return () -> {
			var health = Health.up();
			registry.getListenerContainers().forEach(container -> {
				boolean well = container.isRunning() && container.isInExpectedState();
				if (!well) health.down();
				health.withDetail(String.valueOf(container.getListenerId()), well ? "running" : "stopped");
			});
			return health.build();
		};
	}
}
