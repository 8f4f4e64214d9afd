package io.rollcall.user.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import org.bson.UuidRepresentation;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.persistence.Retention;
import io.rollcall.platform.testing.Backend;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountEvent;
import io.rollcall.user.account.EventEncoding;
import io.rollcall.user.account.StoredAccounts;

/** What the service keeps in the database, on one of its own and without the rest of the service. */
public final class Repositories implements AutoCloseable {
	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
	private Runnable beforeNextWrite = () -> {};

	private Repositories(Instant now, Backend backend) {
		MongoClient client = MongoClients.create(MongoClientSettings.builder()
				.applyConnectionString(new ConnectionString(backend.mongo()))
				.uuidRepresentation(UuidRepresentation.STANDARD).build());
		context.registerBean(MongoClient.class, () -> client);
		context.registerBean(MongoDatabase.class, () -> client.getDatabase("test-" + UUID.randomUUID()));
		context.registerBean(Retention.class);
		context.registerBean(Clock.class, () -> Clock.fixed(now, ZoneOffset.UTC));
		context.registerBean(EventEncoding.class, () -> this::encode);
		context.registerBean(StoredAccounts.class, () -> _ -> {});
		context.scan("io.rollcall.user.account.persistence", "io.rollcall.user.row.persistence",
				"io.rollcall.user.request.persistence");
		context.refresh();
	}

	/** The time stands still at {@code now}. */
	public static Repositories at(Instant now) {
		return on(Backend.EMBEDDED, now);
	}

	public static Repositories on(Backend backend, Instant now) {
		return new Repositories(now, backend);
	}

	public <T> T get(Class<T> type) {
		return context.getBean(type);
	}

	/** What somebody else does after an account was read, and before what became of it is written. */
	public void beforeNextWrite(Runnable action) {
		beforeNextWrite = action;
	}

	private CloudEvent encode(Account account, AccountEvent event) {
		Runnable once = beforeNextWrite;
		beforeNextWrite = () -> {};
		once.run();
		return new CloudEvent("user-events", account.id().toString(), event.id(), event.step(),
				account.id().toString(), event.at(), null, new byte[0]);
	}

	@Override
	public void close() {
		context.close();
	}
}
