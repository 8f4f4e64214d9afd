package io.rollcall.platform.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.bson.UuidRepresentation;
import org.springframework.boot.data.mongodb.autoconfigure.DataMongoAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

import io.rollcall.platform.persistence.DocumentsAutoConfiguration;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.testing.Backend;
import io.rollcall.testing.StoredDocuments;

/** What a service keeps in the database, on one of its own and without the rest of the service. */
public final class PersistenceContext implements AutoCloseable {
	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	/** The time stands still at {@code now}. */
	public static PersistenceContext on(Backend backend, Instant now) {
		var context = new PersistenceContext();
		MongoClient client = MongoClients.create(MongoClientSettings.builder()
				.applyConnectionString(new ConnectionString(backend.mongo()))
				.uuidRepresentation(UuidRepresentation.STANDARD).build());
		String database = "test-" + UUID.randomUUID();
		context.context.getEnvironment().getPropertySources()
				.addFirst(new MapPropertySource("database", Map.of("spring.mongodb.database", database)));
		context.context.register(DocumentsAutoConfiguration.class, DataMongoAutoConfiguration.class);
		return context.with(MongoClient.class, () -> client)
				.with(MongoDatabase.class, () -> client.getDatabase(database))
				.with(Clock.class, () -> Clock.fixed(now, ZoneOffset.UTC))
				.with(Retention.class, () -> new Retention(context.get(MongoDatabase.class), context.get(Clock.class)));
	}

	private PersistenceContext() {}

	public <T> PersistenceContext with(Class<T> type, Supplier<T> bean) {
		context.registerBean(type, bean);
		return this;
	}

	/** @param packages where the repositories are */
	public PersistenceContext start(String... packages) {
		if (packages.length > 0) context.scan(packages);
		context.refresh();
		return this;
	}

	public <T> T get(Class<T> type) {
		return context.getBean(type);
	}

	/** The documents as they lie there. */
	public StoredDocuments stored() {
		return new StoredDocuments(get(MongoDatabase.class));
	}

	@Override
	public void close() {
		context.close();
	}
}
