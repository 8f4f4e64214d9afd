package io.rollcall.notification.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.rollcall.notification.MailCarrier;
import io.rollcall.notification.MailCarrier.Connection;
import io.rollcall.notification.delivery.Dispatcher.Away;

/** A lane's connection to the mail server: made when there is a mail for it, kept while there may be more. */
final class KeptConnection {
	/** After this a connection may have ended unnoticed. */
	private static final Duration FRESH = Duration.ofSeconds(5);
	private static final Duration FOR_EVER = Duration.ofDays(365);
	private static final Logger LOG = LoggerFactory.getLogger(KeptConnection.class);

	private final MailCarrier carrier;
	private final Clock clock;
	private final Pauses pauses;
	private final Duration idle;
	private @Nullable Connection connection;
	private long lastUsed;
	private volatile @Nullable Away away;

	KeptConnection(MailCarrier carrier, Clock clock, DeliverySettings settings) {
		this.carrier = carrier;
		this.clock = clock;
		this.pauses = new Pauses(settings.reconnect().first(), settings.reconnect().longest());
		this.idle = settings.idle();
	}

	/** Since when the mail server cannot be reached; null when it can. Any thread may ask. */
	@Nullable
	Away away() {
		return away;
	}

	/** The one that there is, if there is one. */
	@Nullable
	Connection present() {
		return connection;
	}

	/**
	 * Connects unless there is a connection that is alive, again and again while the mail server is away.
	 *
	 * @return null when it is not wanted any more before there is one
	 */
	@Nullable
	Connection open(BooleanSupplier wanted) {
		if (connection != null && System.nanoTime() - lastUsed > FRESH.toNanos() && !connection.isAlive()) close();
		for (int failures = 0; connection == null;) {
			try {
				connection = carrier.connect();
				used();
				if (away != null) LOG.info("The mail server is back");
				away = null;
			} catch (MailCarrier.Away e) {
				if (away == null) LOG.warn("The mail server is away: {}", e.getMessage());
				away = new Away(away == null ? clock.instant() : away.since(), String.valueOf(e.getMessage()));
				if (!waited(clock.instant().plus(pauses.after(++failures)), wanted)) return null;
			}
		}
		return connection;
	}

	private boolean waited(Instant until, BooleanSupplier wanted) {
		while (wanted.getAsBoolean()) {
			if (!clock.instant().isBefore(until)) return true;
			Pauses.pause(Pauses.TICK);
		}
		return false;
	}

	void used() {
		lastUsed = System.nanoTime();
	}

	/** When it is to be closed unless it is used before, as {@link System#nanoTime}. */
	long idleAt() {
		return connection == null ? System.nanoTime() + FOR_EVER.toNanos() : lastUsed + idle.toNanos();
	}

	void close() {
		Connection open = connection;
		connection = null;
		if (open != null) open.close();
	}
}
