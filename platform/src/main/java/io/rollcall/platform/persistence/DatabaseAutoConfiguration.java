package io.rollcall.platform.persistence;

import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoDatabase;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.mongodb.autoconfigure.MongoAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** One database a service, {@code spring.mongodb.database}. What it acknowledges outlives the loss of the primary. */
@AutoConfiguration(after = MongoAutoConfiguration.class)
class DatabaseAutoConfiguration {
	@Bean
	MongoDatabase database(MongoClient client, @Value("${spring.mongodb.database}") String name) {
		return client.getDatabase(name).withWriteConcern(WriteConcern.MAJORITY);
	}
}
