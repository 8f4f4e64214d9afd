package io.rollcall.user.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.platform.testing.PersistenceContext;
import io.rollcall.testing.Backend;
import io.rollcall.testing.StoredDocuments;
import io.rollcall.user.account.Account;
import io.rollcall.user.account.AccountEvent;
import io.rollcall.user.account.EventEncoding;
import io.rollcall.user.account.StoredAccounts;
import io.rollcall.user.confirmation.ConfirmationSettings;
import io.rollcall.user.confirmation.FactRelay;
import io.rollcall.user.signin.SignIns;

/** What the service keeps in the database, on one of its own and without the rest of the service. */
public final class Repositories implements AutoCloseable {
	/** In the zone of the state, reminding at six. */
	public static final ConfirmationSettings CONFIRMATIONS = new ConfirmationSettings(ZoneId.of("America/New_York"),
			LocalTime.of(6, 0), Duration.ofDays(1095));

	private final PersistenceContext context;
	private Runnable beforeNextWrite = () -> {};

	private Repositories(Instant now, Backend backend) {
		context = PersistenceContext.on(backend, now).with(EventEncoding.class, () -> this::encode)
				.with(StoredAccounts.class, () -> _ -> {})
				.with(SignIns.Settings.class,
						() -> new SignIns.Settings(Duration.ofHours(12), Duration.ofMinutes(15),
								Duration.ofSeconds(30), Duration.ofDays(1095)))
				.with(ConfirmationSettings.class, () -> CONFIRMATIONS)
				.with(FactRelay.Encoding.class, () -> fact -> new CloudEvent("confirmation-events",
						FactRelay.owner(fact), fact.id(), fact.getClass().getSimpleName(), FactRelay.owner(fact), now,
						null, new byte[0]))
				.start("io.rollcall.user.account.persistence", "io.rollcall.user.confirmation.persistence",
						"io.rollcall.user.delivery.persistence",
						"io.rollcall.user.history.persistence", "io.rollcall.user.request.persistence",
						"io.rollcall.user.row.persistence", "io.rollcall.user.signin.persistence");
	}

	/** The time stands still at {@code now}. */
	public static Repositories at(Instant now) {
		return on(Backend.EMBEDDED, now);
	}

	public static Repositories on(Backend backend, Instant now) {
		return new Repositories(now, backend);
	}

	public <T> T get(Class<T> type) {
		return context.get(type);
	}

	/** The documents as they lie there. */
	public StoredDocuments stored() {
		return context.stored();
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
