package io.rollcall.user.confirmation.persistence;

import java.time.Duration;

import com.mongodb.client.MongoDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.rollcall.platform.persistence.Lease;
import io.rollcall.platform.persistence.Leases;

/** What all instances go by. */
@Configuration(proxyBeanMethods = false)
class SharedState {
	/** Longer than it takes from one look for what is due to the next. */
	private static final Duration REMINDING = Duration.ofMinutes(3);

	/** Who has it reminds. */
	@Bean
	Lease reminding(MongoDatabase database) {
		return new Lease(new Leases(database), "confirmation-reminders", REMINDING, System::nanoTime);
	}
}
