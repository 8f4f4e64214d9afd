package io.rollcall.platform;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import org.bson.Document;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.health.MongoHealthContributorAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Whether the database answers. Boot's own indicator asks {@code hello}, which the embedded server does not know. */
@AutoConfiguration(after = MongoAutoConfiguration.class, before = MongoHealthContributorAutoConfiguration.class)
class DatabaseHealthAutoConfiguration {
	@Bean
	HealthIndicator mongoHealthIndicator(MongoClient client) {
		return () -> {
			try {
				client.getDatabase("admin").runCommand(new Document("ping", 1));
				return Health.up().build();
			} catch (MongoException e) {
				return Health.down().withDetail("failure", e.getClass().getName()).build();
			}
		};
	}
}
