package io.rollcall.user.roster.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.rollcall.platform.messaging.Inputs;
import io.rollcall.platform.messaging.OnAssignment;
import io.rollcall.user.account.AccountRepository;
import io.rollcall.user.roster.Roster;
import io.rollcall.user.roster.RosterLag;
import io.rollcall.user.signin.SignIns;

/**
 * Each instance reads all of {@code user-events} and {@code credential-events}, in a group of its own, from the moment it starts; then it reads all accounts
 * from the database, and is ready no sooner. An event only says which account to look at again, so it does not matter that some are seen twice.
 */
@Component
class RosterFollower implements OnAssignment, RosterLag {
	private static final Logger LOG = LoggerFactory.getLogger(RosterFollower.class);

	private static final String BINDING = "rosterChanges-in-0";
	/** Longer than a sign-in takes to be written, and than the clocks of two instances differ. */
	private static final Duration OVERLAP = Duration.ofMinutes(1);

	private final AccountRepository accounts;
	private final Roster roster;
	private final SignIns signIns;
	private final Inputs inputs;
	private final Clock clock;
	private volatile Instant signInsRead = Instant.EPOCH;
	private volatile boolean following;
	private volatile boolean full;

	RosterFollower(AccountRepository accounts, Roster roster, SignIns signIns, Inputs inputs, Clock clock) {
		this.signIns = signIns;
		this.inputs = inputs;
		this.clock = clock;
		this.accounts = accounts;
		this.roster = roster;
	}

	@Configuration(proxyBeanMethods = false)
	static class Input {
		@Bean
		java.util.function.Consumer<List<ConsumerRecord<String, byte[]>>> rosterChanges(RosterFollower follower) {
			return follower::onEvents;
		}
	}

	private void onEvents(List<ConsumerRecord<String, byte[]>> records) {
		List<UUID> changed = records.stream().map(RosterFollower::accountId).filter(Objects::nonNull).distinct()
				.toList();
		accounts.findById(changed).values().forEach(roster::put);
	}

	@Override
	public long events() {
		return inputs.lag(BINDING);
	}

	/** The key is the account's id; a record without one is nothing that concerns the roster. */
	private static @Nullable UUID accountId(ConsumerRecord<String, byte[]> record) {
		try {
			return record.key() == null ? null : UUID.fromString(record.key());
		} catch (IllegalArgumentException _) {
			return null;
		}
	}

	@Override
	public String binding() {
		return BINDING;
	}

	@Override
	public void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		following |= !partitions.isEmpty();
	}

	/** Whatever is written since the topics are followed comes as an event; what was written before is read once, when the database lets it. */
	@Scheduled(fixedDelayString = "${rollcall.roster.load-interval:200ms}")
	void load() {
		if (!following || full) return;
		Instant now = clock.instant();
		signIns.forEachLatest(roster::signedIn);
		signInsRead = now;
		accounts.forEach(roster::put);
		full = true;
		LOG.info("The roster holds {} accounts", roster.size());
	}

	/** A sign-in is no change of an account, and no event tells of it. */
	@Scheduled(fixedDelayString = "${rollcall.roster.sign-ins-interval:2s}")
	void readSignIns() {
		if (!full) return;
		Instant now = clock.instant();
		signIns.latestSince(signInsRead.minus(OVERLAP)).forEach(roster::signedIn);
		signInsRead = now;
	}

	@Override
	public boolean isFull() {
		return full;
	}
}
