package io.rollcall.platform.operations;

import java.time.Clock;

import com.mongodb.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cloud.stream.config.BindingServiceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;

import io.rollcall.platform.messaging.DeadLetters;
import io.rollcall.platform.messaging.Subscription;

/** For a service that says which part of {@code /api/operations} is its own. */
@AutoConfiguration
@ConditionalOnClass(KafkaAdmin.class)
@ConditionalOnProperty("rollcall.operations.part")
@EnableConfigurationProperties(OperationsSettings.class)
@Import({OperationsController.class, EventCatalogController.class, TraceFilter.class})
class OperationsAutoConfiguration {
	@Bean
	Settlements deadLetterSettlements(MongoDatabase database, Clock clock) {
		return new Settlements(database, clock);
	}

	@Bean
	DeadLetterBox deadLetterBox(ConsumerFactory<String, byte[]> consumers, DeadLetters deadLetters,
			Settlements settlements, OperationsSettings settings) {
		return new DeadLetterBox(consumers, deadLetters, settlements, settings.letters());
	}

	@Bean
	StreamMonitor streamMonitor(BindingServiceProperties bindings, KafkaAdmin admin, DeadLetterBox letters,
			OperationsSettings settings, MeterRegistry meters, Clock clock) {
		return new StreamMonitor(Subscription.of(bindings), admin, letters, settings, meters, clock);
	}
}
