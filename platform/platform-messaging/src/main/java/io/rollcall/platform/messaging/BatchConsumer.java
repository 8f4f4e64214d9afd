package io.rollcall.platform.messaging;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.support.KafkaUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import io.rollcall.contracts.OfUnknownType;
import io.rollcall.platform.Failures;
import io.rollcall.platform.TemporarilyUnavailable;
import io.rollcall.platform.Traceparent;

/**
 * Stands between an input and the work. Three things can be wrong, and each has its own way out:
 * <ul>
 * <li>something the work needs is away ({@link TemporarilyUnavailable}, the database, the broker): thrown on, and the
 * container offers the same records again until it is back. Nothing is rejected for it;
 * <li>a record cannot be read: it goes to the dead letters;
 * <li>the work fails: the batch is halved until the one record is alone that makes it fail; that one is tried
 * {@value #ATTEMPTS} times and goes to the dead letters. Its neighbours are handled.
 * </ul>
 * The work must therefore bear to be given a record again.
 */
public final class BatchConsumer<T> implements Consumer<List<ConsumerRecord<String, byte[]>>> {
	static final int ATTEMPTS = 3;
	private static final Duration PAUSE = Duration.ofMillis(300);
	private static final Logger LOG = LoggerFactory.getLogger(BatchConsumer.class);

	/** The work on a batch, in the order of the partitions. */
	@FunctionalInterface
	public interface Work<T> {
		void handle(List<Received<T>> batch);
	}

	private final Class<T> contract;
	private final Work<T> work;
	private final JsonMapper json;
	private final DeadLetters deadLetters;
	private final Clock clock;
	private final MeterRegistry meters;

	BatchConsumer(Class<T> contract, Work<T> work, JsonMapper json, DeadLetters deadLetters, Clock clock,
			MeterRegistry meters) {
		this.contract = contract;
		this.work = work;
		this.json = json;
		this.deadLetters = deadLetters;
		this.clock = clock;
		this.meters = meters;
	}

	private record Decoded<T>(Received<T> received, ConsumerRecord<String, byte[]> record) {}

	/** The consumer group whose records these are: the binding's, which names it once. */
	private static String group() {
		return Objects.requireNonNull(KafkaUtils.getConsumerGroupId(), "not called by a consumer");
	}

	private ConsumedRecords consumed() {
		return new ConsumedRecords(meters, group());
	}

	/** Returns when each record is handled or is a dead letter; the offsets may be committed then. */
	@Override
	public void accept(List<ConsumerRecord<String, byte[]>> records) {
		List<Decoded<T>> batch = new ArrayList<>(records.size());
		for (ConsumerRecord<String, byte[]> record : records) {
			try {
				batch.add(new Decoded<>(Received.of(decode(record), record), record));
			} catch (JacksonException | IllegalArgumentException e) {
				deadLetter(record, e);
			}
		}
		if (!batch.isEmpty()) handle(batch);
	}

	private T decode(ConsumerRecord<String, byte[]> record) {
		byte[] body = record.value();
		if (body == null) throw new IllegalArgumentException("no body");
		T message = json.readValue(body, contract);
		if (message == null) throw new IllegalArgumentException("null body");
		return message;
	}

	private void handle(List<Decoded<T>> batch) {
		try {
			work.handle(batch.stream().map(Decoded::received).toList());
			handled(batch);
		} catch (RuntimeException | StackOverflowError e) {
			if (TemporarilyUnavailable.isBehind(e)) throw e;
			if (batch.size() == 1) {
				retryAlone(batch.getFirst(), e);
			} else {
				LOG.warn("A batch of {} failed with {}; halving it", batch.size(), e.getClass().getName());
				handle(batch.subList(0, batch.size() / 2));
				handle(batch.subList(batch.size() / 2, batch.size()));
			}
		}
	}

	private void retryAlone(Decoded<T> single, Throwable first) {
		Throwable cause = first;
		for (int attempt = 2; attempt <= ATTEMPTS; attempt++) {
			pause();
			try {
				work.handle(List.of(single.received()));
				handled(List.of(single));
				return;
			} catch (RuntimeException | StackOverflowError e) {
				if (TemporarilyUnavailable.isBehind(e)) throw e;
				cause = e;
			}
		}
		deadLetter(single.record(), cause);
	}

	private void deadLetter(ConsumerRecord<String, byte[]> record, Throwable cause) {
		// Of a record that cannot be read, the stack would be Jackson's own.
		LOG.atError().addKeyValue("traceId", Traceparent.traceId(Received.traceparent(record)))
				.setCause(cause instanceof JacksonException ? null : Failures.withoutText(cause))
				.log("Dead letter: {}-{}@{} for {}: {}", record.topic(), record.partition(), record.offset(), group(),
						cause.getClass().getName());
		deadLetters.publish(record, group(), cause, clock.instant());
		consumed().count(record.topic(), ConsumedRecords.DEAD_LETTER, 1);
	}

	/** The work passes over what is of an unknown type: that it was there is said here, for all of them. */
	private void handled(List<Decoded<T>> batch) {
		String topic = batch.getFirst().record().topic();
		List<Decoded<T>> unknown = batch.stream().filter(it -> it.received().message() instanceof OfUnknownType)
				.toList();
		consumed().count(topic, ConsumedRecords.UNRECOGNIZED, unknown.size());
		consumed().count(topic, ConsumedRecords.HANDLED, batch.size() - unknown.size());
		if (unknown.isEmpty()) return;
		ConsumerRecord<String, byte[]> last = unknown.getLast().record();
		LOG.warn("{} records of an unknown type, to {}-{}@{}, are passed over by {}", unknown.size(), topic,
				last.partition(), last.offset(), group());
	}

	private static void pause() {
		try {
			Thread.sleep(PAUSE);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new TemporarilyUnavailable("interrupted", e);
		}
	}
}
