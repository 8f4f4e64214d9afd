package io.rollcall.imports.persistence;

import com.mongodb.client.MongoDatabase;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.mongodb.core.MongoTemplate;

import io.rollcall.platform.persistence.Leases;
import io.rollcall.platform.persistence.PauseSwitch;

/** What all instances go by. */
@Configuration(proxyBeanMethods = false)
class SharedState {
	@Bean
	Leases leases(MongoDatabase database) {
		return new Leases(database);
	}

	/** Whether rows are sent on. */
	@Bean
	PauseSwitch dispatchSwitch(MongoTemplate mongo) {
		return new PauseSwitch(mongo, "switches", "dispatch");
	}
}
