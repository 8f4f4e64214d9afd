package io.rollcall.platform.persistence;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;

/** One database a service, {@code spring.mongodb.database}. What it acknowledges outlives the loss of the primary. */
@AutoConfiguration(after = MongoAutoConfiguration.class)
class DatabaseAutoConfiguration {
	/**
	 * Majority is said to the client, for whatever Spring Data sends takes it from there; what is told to a template or a database does
	 * not reach all of it.
	 *
	 * @param patience how long an operation waits for a database that is away before it fails; the driver's own 30 s unless
	 * configured
	 * @param silence how long the database may say nothing on a connection; on one that the network has forgotten without
	 * closing it, the driver would otherwise wait for ever
	 */
	@Bean
	MongoClientSettingsBuilderCustomizer settings(@Value("${rollcall.database.patience:30s}") Duration patience,
			@Value("${rollcall.database.silence:20s}") Duration silence) {
		return settings -> settings
				.writeConcern(WriteConcern.MAJORITY)
				.applyToClusterSettings(
						cluster -> cluster.serverSelectionTimeout(patience.toMillis(), TimeUnit.MILLISECONDS))
				.applyToSocketSettings(
						socket -> socket.readTimeout(Math.toIntExact(silence.toMillis()), TimeUnit.MILLISECONDS));
	}

	@Bean
	MongoDatabase database(MongoClient client, @Value("${spring.mongodb.database}") String name) {
		return client.getDatabase(name);
	}

	@Bean
	Retention retention(MongoDatabase database, ObjectProvider<Clock> clock) {
		return new Retention(database, clock.getIfAvailable(Clock::systemUTC));
	}
}
