package io.rollcall.user.delivery;

import java.time.Clock;
import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.rollcall.user.account.AccountRepository;

/** Deletes what became of mails that concern nobody any more, for newer passwords were issued since. */
@Component
public class Retention {
	/**
	 * @param retention how long after the last report; what concerns an account is kept as long as it does
	 * @param sweepInterval how often what is due is deleted
	 */
	@ConfigurationProperties("rollcall.deliveries")
	record Settings(@DefaultValue("90d") Duration retention, @DefaultValue("24h") Duration sweepInterval) {}

	private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

	private final Deliveries deliveries;
	private final AccountRepository accounts;
	private final Settings settings;
	private final Clock clock;

	Retention(Deliveries deliveries, AccountRepository accounts, Settings settings, Clock clock) {
		this.deliveries = deliveries;
		this.accounts = accounts;
		this.settings = settings;
		this.clock = clock;
	}

	/** By every instance; the second finds nothing left. */
	@Scheduled(fixedDelayString = "${rollcall.deliveries.sweep-interval:24h}", initialDelayString = "${rollcall.deliveries.sweep-interval:24h}")
	public void sweep() {
		// The limit first: an issue that an account has by then is no older.
		var limit = clock.instant().minus(settings.retention());
		long deleted = deliveries.deleteReplaced(accounts.issues(), limit);
		if (deleted > 0) LOG.info("Retention: {} deliveries deleted", deleted);
	}
}
