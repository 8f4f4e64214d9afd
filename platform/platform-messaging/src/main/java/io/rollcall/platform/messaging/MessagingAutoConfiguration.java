package io.rollcall.platform.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.cloud.stream.binder.kafka.KafkaBindingRebalanceListener;
import org.springframework.cloud.stream.binder.kafka.config.ClientFactoryCustomizer;
import org.springframework.cloud.stream.binder.kafka.provisioning.AdminClientConfigCustomizer;
import org.springframework.cloud.stream.binder.kafka.support.ConsumerConfigCustomizer;
import org.springframework.cloud.stream.binder.kafka.support.ProducerConfigCustomizer;
import org.springframework.cloud.stream.binding.BindingsLifecycleController;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.cloud.stream.config.ConsumerEndpointCustomizer;
import org.springframework.cloud.stream.function.StreamBridge;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.kafka.inbound.KafkaMessageDrivenChannelAdapter;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.support.ProducerListener;
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
	 * @param retention how long all others stay
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
	AcknowledgedPublisher acknowledgedPublisher(StreamBridge bridge, Outputs outputs, MeterRegistry meters) {
		return new AcknowledgedPublisher(bridge, outputs, meters);
	}

	@Bean
	CloudEvents cloudEvents(JsonMapper json) {
		return new CloudEvents(json);
	}

	@Bean
	DeadLetters deadLetters(KafkaOperations<String, byte[]> broker) {
		return new DeadLetters(broker);
	}

	@Bean
	BatchConsumers batchConsumers(JsonMapper json, DeadLetters deadLetters, Clock clock, MeterRegistry meters) {
		return new BatchConsumers(json, deadLetters, clock, meters);
	}

	@Bean
	Inputs inputs(ObjectProvider<BindingServiceProperties> settings,
			ObjectProvider<BindingsLifecycleController> bindings) {
		return new Inputs(() -> settings.getObject().getBindings().keySet(), bindings::getObject);
	}

	@Bean
	ConsumerEndpointCustomizer<KafkaMessageDrivenChannelAdapter<?, ?>> recordsAsTheyAre() {
		return (adapter, _, _) -> adapter.setBatchMessageConverter(new Poll.Converter());
	}

	@Bean
	KafkaBindingRebalanceListener assignments(ObjectProvider<OnAssignment> inputs) {
		return new OnAssignment.Listener(inputs.stream().toList());
	}

	@Bean
	HealthIndicator kafkaListenersHealthIndicator(Inputs inputs) {
		return inputs::health;
	}

	@Bean
	Outputs outputs(@Value("${spring.application.name}") String service) {
		return new Outputs(service);
	}

	/** By default each failure to publish is logged with the record's key. */
	@Bean
	ProducerListener<Object, Object> quietProducerListener() {
		return new ProducerListener<>() {
		};
	}

	/** Also in place of the default, by which each client of the broker brings a thread for meters that nobody reads. */
	@Bean
	ClientFactoryCustomizer binderClientFactoryCustomizer() {
		return new ClientFactoryCustomizer() {
			@Override
			public void configure(ConsumerFactory<?, ?> consumers) {
				consumers.addPostProcessor(ForwardCommits::of);
			}
		};
	}

	@Bean
	ConsumerConfigCustomizer certificatesOfConsumers(KafkaConnectionDetails broker) {
		return (settings, _, _) -> trust(broker.getConsumer().getSslBundle(), settings);
	}

	@Bean
	ProducerConfigCustomizer certificatesOfProducers(KafkaConnectionDetails broker) {
		return (settings, _, _) -> trust(broker.getProducer().getSslBundle(), settings);
	}

	@Bean
	AdminClientConfigCustomizer certificatesOfTheBinder(KafkaConnectionDetails broker) {
		return settings -> trust(broker.getAdmin().getSslBundle(), settings);
	}

	/** The clients that Boot makes have {@code spring.kafka.ssl.bundle}; those that the binder makes know nothing of bundles. */
	private static void trust(@Nullable SslBundle bundle, Map<String, Object> settings) {
		if (bundle == null) return;
		settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslBundleSslEngineFactory.class);
		settings.put(SslBundle.class.getName(), bundle);
	}

	/** Of each group that shares its work between the instances of this service. */
	@Bean
	KafkaAdmin.NewTopics deadLetterTopics(BindingServiceProperties bindings) {
		return new KafkaAdmin.NewTopics(
				Subscription.of(bindings).stream().map(DeadLetters::topic).toArray(NewTopic[]::new));
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
				topic(Topics.DELIVERY_EVENTS, settings), topic(Topics.IMPORT_EVENTS, settings),
				topic(Topics.CONFIRMATION_EVENTS, settings), secrets,
				organizations);
	}

	private static NewTopic topic(String name, TopicSettings settings) {
		return new NewTopic(name, settings.partitions(), settings.replicas())
				.configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, millis(settings.retention())));
	}

	private static String millis(Duration duration) {
		return String.valueOf(duration.toMillis());
	}
}
