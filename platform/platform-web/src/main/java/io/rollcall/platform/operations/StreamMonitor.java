package io.rollcall.platform.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaAdmin;

import io.rollcall.platform.BackgroundLoop;
import io.rollcall.platform.messaging.Subscription;

/**
 * How far this service's consumers are behind, as the broker knows it: a consumer's own meters say nothing when it is dead or
 * stuck, and nothing of the partitions that another instance has.
 */
final class StreamMonitor extends BackgroundLoop {
	private static final Duration ANSWER = Duration.ofSeconds(5);

	/**
	 * @param lag records that are not yet handled
	 * @param idleSince since when none has been handled although there are some; null while it works or has nothing to do
	 */
	record Lag(Subscription subscription, long lag, @Nullable Instant idleSince) {}

	/** @param brokerAwaySince null while the broker answers; the lags are then those before */
	record Snapshot(List<Lag> lags, @Nullable Instant brokerAwaySince) {}

	private record Position(long committed, Instant since) {}

	private final List<Subscription> subscriptions;
	private final KafkaAdmin admin;
	private final DeadLetterBox letters;
	private final OperationsSettings settings;
	private final MeterRegistry meters;
	private final MultiGauge deadLetters;
	private final Clock clock;
	private final Map<String, Position> positions = new HashMap<>();
	private final Set<Subscription> metered = new HashSet<>();
	private final Map<Subscription, Lag> latest = new ConcurrentHashMap<>();
	private volatile @Nullable Instant brokerAwaySince;
	private volatile @Nullable Admin client;

	StreamMonitor(List<Subscription> subscriptions, KafkaAdmin admin, DeadLetterBox letters,
			OperationsSettings settings, MeterRegistry meters, Clock clock) {
		super("operations", settings.refresh(), "The streams cannot be looked at");
		this.subscriptions = subscriptions;
		this.admin = admin;
		this.letters = letters;
		this.settings = settings;
		this.meters = meters;
		this.deadLetters = MultiGauge.builder("rollcall.dead.letters")
				.description("Dead letters that are neither replayed nor discarded").register(meters);
		this.clock = clock;
	}

	Snapshot snapshot() {
		return new Snapshot(latest.values().stream()
				.sorted(Comparator.comparing(it -> it.subscription().deadLetters())).toList(),
				brokerAwaySince);
	}

	boolean isStuck(Lag lag) {
		return lag.idleSince() != null && !lag.idleSince().plus(settings.stalledAfter()).isAfter(clock.instant());
	}

	@Override
	protected Duration round() throws ExecutionException, TimeoutException, InterruptedException {
		try {
			subscriptions.stream().filter(metered::add).forEach(this::meter);
			measure(client());
			letters.refresh(subscriptions);
			deadLetters.register(subscriptions.stream().flatMap(this::rows).collect(Collectors.toList()), true);
			brokerAwaySince = null;
			return settings.refresh();
		} catch (ExecutionException | TimeoutException | RuntimeException e) {
			if (brokerAwaySince == null) brokerAwaySince = clock.instant();
			throw e;
		}
	}

	private Admin client() {
		Admin connected = client;
		if (connected == null) {
			Map<String, Object> connection = new HashMap<>(admin.getConfigurationProperties());
			connection.put("client.id", "operations");
			connected = Admin.create(connection);
			client = connected;
		}
		return connected;
	}

	/** One question of each kind for all groups: a look costs the broker the same however many there are. */
	private void measure(Admin client)
			throws ExecutionException, TimeoutException, InterruptedException {
		if (subscriptions.isEmpty()) return;
		Map<String, Map<TopicPartition, OffsetAndMetadata>> committed = get(client.listConsumerGroupOffsets(
				subscriptions.stream().map(Subscription::group).distinct()
						.collect(Collectors.toMap(it -> it, _ -> new ListConsumerGroupOffsetsSpec())))
				.all());
		Map<String, List<TopicPartition>> partitions = new HashMap<>();
		get(client.describeTopics(subscriptions.stream().map(Subscription::topic).distinct().toList()).allTopicNames())
				.forEach((name, topic) -> partitions.put(name,
						topic.partitions().stream().map(it -> new TopicPartition(name, it.partition())).toList()));
		Map<TopicPartition, Long> ends = offsets(client, partitions.values().stream().flatMap(List::stream),
				OffsetSpec.latest());
		Map<TopicPartition, Long> beginnings = offsets(client,
				subscriptions.stream().flatMap(it -> partitions.getOrDefault(it.topic(), List.of()).stream()
						.filter(partition -> committed(committed, it, partition) == null)),
				OffsetSpec.earliest());
		Instant now = clock.instant();
		for (Subscription subscription : subscriptions) {
			long lag = 0;
			List<Instant> idle = new ArrayList<>();
			for (TopicPartition partition : partitions.getOrDefault(subscription.topic(), List.of())) {
				Long position = committed(committed, subscription, partition);
				long reached = position == null ? beginnings.getOrDefault(partition, 0L) : position;
				long left = Math.max(0, ends.getOrDefault(partition, 0L) - reached);
				lag += left;
				String key = subscription.group() + "/" + partition;
				Position before = positions.get(key);
				if (left == 0 || before == null || before.committed() != reached) {
					positions.put(key, new Position(reached, now));
				} else {
					idle.add(before.since());
				}
			}
			latest.put(subscription, new Lag(subscription, lag, idle.stream().min(Instant::compareTo).orElse(null)));
		}
	}

	/** Null when the group has never said how far it is. */
	private static @Nullable Long committed(Map<String, Map<TopicPartition, OffsetAndMetadata>> committed,
			Subscription subscription, TopicPartition partition) {
		OffsetAndMetadata position = committed.getOrDefault(subscription.group(), Map.of()).get(partition);
		return position == null ? null : position.offset();
	}

	private static Map<TopicPartition, Long> offsets(Admin client, Stream<TopicPartition> of, OffsetSpec which)
			throws ExecutionException, TimeoutException, InterruptedException {
		Map<TopicPartition, OffsetSpec> wanted = of.distinct().collect(Collectors.toMap(it -> it, _ -> which));
		if (wanted.isEmpty()) return Map.of();
		Map<TopicPartition, Long> offsets = new HashMap<>();
		get(client.listOffsets(wanted).all()).forEach((partition, found) -> offsets.put(partition, found.offset()));
		return offsets;
	}

	private static <T> T get(KafkaFuture<T> answer) throws ExecutionException, TimeoutException, InterruptedException {
		return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
	}

	private void meter(Subscription subscription) {
		Tags tags = Tags.of("group", subscription.group(), "topic", subscription.topic());
		Gauge.builder("rollcall.consumer.lag", () -> lag(subscription) instanceof Lag it ? it.lag() : 0).tags(tags)
				.description("Records that the group has not handled yet").register(meters);
		Gauge.builder("rollcall.consumer.idle",
				() -> seconds(lag(subscription) instanceof Lag it ? it.idleSince() : null))
				.tags(tags).baseUnit("seconds")
				.description("How long the group has handled none although there are some")
				.register(meters);
		Gauge.builder("rollcall.dead.letters.age", () -> seconds(letters.oldest(subscription))).tags(tags)
				.baseUnit("seconds").description("Age of the oldest open dead letter").register(meters);
	}

	private Stream<MultiGauge.Row<?>> rows(Subscription subscription) {
		return letters.causes(subscription).entrySet().stream()
				.map(cause -> MultiGauge.Row
						.of(Tags.of("group", subscription.group(), "topic", subscription.topic(), "cause",
								cause.getKey()), cause.getValue()));
	}

	private @Nullable Lag lag(Subscription subscription) {
		return latest.get(subscription);
	}

	private double seconds(@Nullable Instant since) {
		return since == null ? 0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
	}

	@Override
	public synchronized void stop() {
		super.stop();
		Admin connected = client;
		if (connected != null) connected.close(Duration.ZERO);
		client = null;
	}
}
