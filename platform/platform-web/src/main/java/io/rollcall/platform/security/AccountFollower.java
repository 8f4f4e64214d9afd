package io.rollcall.platform.security;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.OfUnknownType;
import io.rollcall.contracts.UserEvent;
import io.rollcall.platform.Failures;
import io.rollcall.platform.messaging.ConsumedRecords;
import io.rollcall.platform.messaging.OnAssignment;

/**
 * Tells {@link OvertakenTokens} what happens to accounts. Each instance reads all of {@code user-events}, in a group of its own,
 * from before any token was made that is still good. What it cannot read it passes over: dead letters are for those who act on
 * events.
 */
final class AccountFollower implements OnAssignment {
	private static final Logger LOG = LoggerFactory.getLogger(AccountFollower.class);
	private static final Duration LOOKS_BACK = Duration.ofMinutes(2);

	private final OvertakenTokens tokens;
	private final JsonMapper json;
	private final Clock clock;
	private final ConsumedRecords consumed;

	AccountFollower(OvertakenTokens tokens, JsonMapper json, Clock clock, MeterRegistry meters) {
		this.tokens = tokens;
		this.json = json;
		this.clock = clock;
		this.consumed = new ConsumedRecords(meters, "overtaken-tokens"); // each instance's own group has a name of its own
	}

	void onEvents(List<ConsumerRecord<String, byte[]>> records) {
		for (ConsumerRecord<String, byte[]> record : records) {
			try {
				UserEvent event = json.readValue(record.value(), UserEvent.class);
				if (event instanceof OfUnknownType) consumed.count(record.topic(), ConsumedRecords.UNRECOGNIZED, 1);
				tokens.on(event);
			} catch (RuntimeException | StackOverflowError e) {
				// Thrown on, it would come again for ever, and hold up what tells of tokens that must be refused.
				LOG.warn("An event about an account cannot be read", Failures.withoutText(e));
			}
		}
	}

	@Override
	public String binding() {
		return "accountChanges-in-0";
	}

	@Override
	public void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		long since = clock.instant().minus(LOOKS_BACK).toEpochMilli();
		consumer.offsetsForTimes(partitions.stream().collect(Collectors.toMap(it -> it, _ -> since)))
				.forEach((partition, found) -> {
					if (found != null) consumer.seek(partition, found.offset()); // else nothing is as young
				});
	}
}
