package io.rollcall.user.account;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

import io.rollcall.platform.persistence.Retention;
import io.rollcall.user.delivery.Deliveries;

/** What became of mails is kept as long as it concerns an account, and for a time after newer passwords were issued. */
@Component
class ReplacedDeliveries {
	/** @param retention how long after the last report */
	@ConfigurationProperties("rollcall.deliveries")
	record Settings(@DefaultValue("90d") Duration retention) {}

	/** Each time reads all accounts. */
	private static final Duration SWEPT_EVERY = Duration.ofDays(1);

	ReplacedDeliveries(Deliveries deliveries, AccountRepository accounts, Retention retention, Settings settings) {
		// The moment comes first: an issue that an account has by then is no older.
		retention.keep("deliveries", SWEPT_EVERY,
				now -> deliveries.deleteReplaced(accounts.issues(), now.minus(settings.retention())));
	}
}
