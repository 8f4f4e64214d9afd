package io.rollcall.notification.persistence;

import java.time.Clock;
import java.time.Duration;
import java.util.Date;

import com.mongodb.client.MongoDatabase;
import org.bson.Document;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;

import io.rollcall.notification.delivery.DeliverySettings;
import io.rollcall.platform.persistence.Leases;
import io.rollcall.platform.persistence.PauseSwitch;
import io.rollcall.platform.persistence.Retention;

/** What all instances go by. */
@Configuration(proxyBeanMethods = false)
class SharedState {
	/** Names come and go where instances do; what was silent for longer than any clock is wrong is forgotten. */
	private static final Duration REMEMBERED = Duration.ofDays(30);

	/** Instances of an older release go by {@code aliveUntil}, by their own clocks. */
	@Bean
	Leases senders(MongoDatabase database, Retention retention, DeliverySettings settings, Clock clock) {
		retention.keep("senders", "aliveUntil", REMEMBERED);
		return new Leases(database.getCollection("senders"), "owner",
				() -> new Document("aliveUntil", Date.from(clock.instant().plus(settings.lease()))));
	}

	/** Whether mails go out at all. */
	@Bean
	PauseSwitch sendingSwitch(MongoTemplate mongo) {
		return new PauseSwitch(mongo, "operations", "sending");
	}
}
