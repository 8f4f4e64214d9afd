package io.rollcall.platform.operations;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;

import io.rollcall.platform.TemporarilyUnavailable;
import io.rollcall.platform.messaging.DeadLetters;
import io.rollcall.platform.messaging.Subscription;
import io.rollcall.platform.operations.DeadLetter.Place;
import io.rollcall.platform.operations.Settlements.Action;

/**
 * The dead letters of this service's groups. They lie in Kafka; here is what a list of them needs, read again at each start,
 * so every instance has the same. What has been settled stands in the database.
 */
final class DeadLetterBox implements AutoCloseable {
	private static final Duration POLL = Duration.ofMillis(200);
	private static final Duration PATIENCE = Duration.ofSeconds(10);
	/** How many records one look reads at most. */
	private static final int A_LOOK = 5_000;

	/** What one topic of dead letters holds, as far as it was read. */
	private static final class Shelf {
		final ConcurrentSkipListMap<Long, DeadLetter> open = new ConcurrentSkipListMap<>();
		final Set<String> identities = ConcurrentHashMap.newKeySet();
		/** Letters behind the last that was read; there are some only while too many are open. */
		volatile long unread;
		long next = -1;
	}

	private final ConsumerFactory<String, byte[]> consumers;
	private final DeadLetters deadLetters;
	private final Settlements settlements;
	private final int most;
	private @Nullable Consumer<String, byte[]> follower;
	private final Map<Subscription, Shelf> shelves = new ConcurrentHashMap<>();

	DeadLetterBox(ConsumerFactory<String, byte[]> consumers, DeadLetters deadLetters, Settlements settlements,
			int most) {
		this.consumers = consumers;
		this.deadLetters = deadLetters;
		this.settlements = settlements;
		this.most = most;
	}

	/** Reads what is new and strikes out what has been settled, here or by another instance. */
	synchronized void refresh(List<Subscription> subscriptions) {
		if (follower == null) follower = consumers.createConsumer(null, "dead-letters");
		try {
			read(follower, subscriptions);
		} catch (RuntimeException e) {
			close();
			throw e;
		}
		shelves.values().forEach(this::strike);
	}

	@Override
	public synchronized void close() {
		if (follower != null) follower.close(CloseOptions.timeout(Duration.ofSeconds(1)));
		follower = null;
	}

	private static boolean exists(Consumer<String, byte[]> consumer, TopicPartition partition) {
		List<PartitionInfo> partitions = consumer.partitionsFor(partition.topic(), PATIENCE);
		return partitions != null && !partitions.isEmpty();
	}

	private void read(Consumer<String, byte[]> consumer, List<Subscription> subscriptions) {
		Map<TopicPartition, Subscription> places = new HashMap<>();
		for (Subscription subscription : subscriptions) {
			Shelf shelf = shelves.computeIfAbsent(subscription, _ -> new Shelf());
			var partition = new TopicPartition(subscription.deadLetters(), 0);
			// Looking for a topic that is not there would wait for it.
			if (shelf.next >= 0 || exists(consumer, partition)) places.put(partition, subscription);
		}
		Map<TopicPartition, Long> begins = consumer.beginningOffsets(places.keySet(), PATIENCE);
		Map<TopicPartition, Long> ends = consumer.endOffsets(places.keySet(), PATIENCE);
		places.forEach((partition, subscription) -> read(consumer, subscription, partition,
				begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L)));
	}

	private void read(Consumer<String, byte[]> consumer, Subscription subscription, TopicPartition partition,
			long begin, long end) {
		Shelf shelf = shelves.computeIfAbsent(subscription, _ -> new Shelf());
		shelf.open.headMap(begin).clear(); // their time is over
		long from = Math.max(shelf.next, begin);
		if (from > end) { // the topic was made anew
			shelf.open.clear();
			shelf.identities.clear();
			from = begin;
		}
		shelf.next = from;
		if (from < end && shelf.open.size() < most) {
			consumer.assign(Set.of(partition));
			consumer.seek(partition, from);
			shelf.next = readTo(consumer, partition, Math.min(end, from + A_LOOK), record -> {
				if (shelf.identities.add(DeadLetter.identity(record)))
					shelf.open.put(record.offset(), DeadLetter.of(subscription, record));
			});
		}
		shelf.unread = end - shelf.next;
	}

	private static long readTo(Consumer<String, byte[]> consumer,
			TopicPartition partition, long end, java.util.function.Consumer<ConsumerRecord<String, byte[]>> action) {
		long patience = System.nanoTime() + PATIENCE.toNanos();
		long position = consumer.position(partition, PATIENCE);
		while (position < end) {
			for (var record : consumer.poll(POLL).records(partition))
				if (record.offset() < end) action.accept(record);
			position = consumer.position(partition, PATIENCE);
			if (System.nanoTime() > patience) throw new TemporarilyUnavailable("the dead letters cannot be read");
		}
		return Math.min(position, end);
	}

	private void strike(Shelf shelf) {
		List<String> ids = shelf.open.values().stream().map(DeadLetter::id).toList();
		for (int from = 0; from < ids.size(); from += 500) {
			Set<String> settled = settlements.settled(ids.subList(from, Math.min(ids.size(), from + 500)));
			shelf.open.values().removeIf(letter -> settled.contains(letter.id()));
		}
	}

	/** How many letters are open. */
	long open(Subscription subscription) {
		Shelf shelf = shelves.get(subscription);
		return shelf == null ? 0 : shelf.open.size() + shelf.unread;
	}

	@Nullable
	Instant oldest(Subscription subscription) {
		Shelf shelf = shelves.get(subscription);
		var first = shelf == null ? null : shelf.open.firstEntry();
		return first == null ? null : first.getValue().at();
	}

	/** Open letters by the class of their cause; those beyond what is kept here as {@code unread}. */
	Map<String, Long> causes(Subscription subscription) {
		Shelf shelf = shelves.get(subscription);
		if (shelf == null) return Map.of();
		Map<String, Long> causes = shelf.open.values().stream()
				.collect(Collectors.groupingBy(DeadLetter::cause, TreeMap::new, Collectors.counting()));
		if (shelf.unread > 0) causes.put("unread", shelf.unread);
		return causes;
	}

	/** The open letters, oldest first. */
	List<DeadLetter> all() {
		return shelves.values().stream().flatMap(shelf -> shelf.open.values().stream())
				.sorted(Comparator.comparing(DeadLetter::at).thenComparing(DeadLetter::id)).toList();
	}

	/** An open letter and its record, or null. */
	@Nullable
	Opened open(String id) {
		DeadLetter letter = find(Set.of(id)).get(id);
		if (letter == null) return null;
		var records = fetch(List.of(letter));
		return records.isEmpty() ? null : new Opened(letter, records.getFirst());
	}

	record Opened(DeadLetter letter, ConsumerRecord<String, byte[]> record) {}

	private Map<String, DeadLetter> find(Collection<String> ids) {
		Map<String, DeadLetter> found = new HashMap<>();
		for (String id : ids) {
			Place place = Place.of(id);
			if (place == null) continue;
			for (var shelf : shelves.entrySet()) {
				DeadLetter letter = shelf.getKey().deadLetters().equals(place.partition().topic())
						? shelf.getValue().open.get(place.offset())
						: null;
				// By its id and no other: that of another partition has the same offset, and zeros may lead.
				if (letter != null && letter.id().equals(id)) found.put(id, letter);
			}
		}
		return found;
	}

	/**
	 * Settles letters. A replayed one stands on its topic again, once: the entry in the audit is made before, and consumers know
	 * a record again by its id. The outcome of each id: {@code done}, {@code settled} (before, perhaps by somebody else) or
	 * {@code unknown}.
	 */
	Map<String, String> settle(Collection<String> ids, Action action, String by) {
		Map<String, DeadLetter> letters = find(ids);
		Set<String> begun = settlements.begin(letters.values(), action, by);
		List<DeadLetter> turn = letters.values().stream().filter(it -> begun.contains(it.id())).toList();
		if (action == Action.REPLAY) replay(turn);
		settlements.done(begun);
		Set<String> settled = settlements.settled(Set.copyOf(ids));
		shelves.values().forEach(shelf -> shelf.open.values().removeIf(it -> settled.contains(it.id())));
		return ids.stream().distinct().collect(Collectors.toMap(id -> id,
				id -> begun.contains(id) ? "done" : settled.contains(id) ? "settled" : "unknown"));
	}

	private void replay(List<DeadLetter> letters) {
		letters.stream().collect(Collectors.groupingBy(DeadLetter::topic))
				.forEach((topic, ofTopic) -> deadLetters.replay(topic, fetch(ofTopic)));
	}

	/** The records of letters, byte for byte, in their order. */
	private List<ConsumerRecord<String, byte[]>> fetch(List<DeadLetter> letters) {
		Map<TopicPartition, Set<Long>> wanted = new HashMap<>();
		for (DeadLetter letter : letters) {
			Place place = Place.of(letter.id());
			if (place == null) throw new IllegalStateException("a letter without a place");
			wanted.computeIfAbsent(place.partition(), _ -> new HashSet<>()).add(place.offset());
		}
		List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
		try (var consumer = consumers.createConsumer(null, "dead-letters-opened")) {
			wanted.forEach((partition, offsets) -> {
				consumer.assign(Set.of(partition));
				long first = offsets.stream().mapToLong(Long::longValue).min().orElseThrow();
				long last = offsets.stream().mapToLong(Long::longValue).max().orElseThrow();
				consumer.seek(partition, first);
				readTo(consumer, partition, last + 1, record -> {
					if (offsets.contains(record.offset())) records.add(record);
				});
			});
		}
		return records;
	}
}
