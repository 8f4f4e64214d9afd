package io.rollcall.user.outbox;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;

import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.user.outbox.Owing.Pending;

/**
 * Publishes what documents owe and strikes it out once the broker has it. An event may be published twice (a crash between the
 * two), never not at all, and for one document always in order: what an earlier process left goes before what is new.
 *
 * @param <K> what names a document
 */
public abstract class Relay<K> implements DisposableBean {
	private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
	/** Older than most writes that are still being relayed by the one who made them; what is published twice bears the same id. */
	private static final Duration LEFT_BEHIND = Duration.ofSeconds(10);
	private static final int OWNERS_A_SWEEP = 500;

	private final Owing<K> outbox;
	private final AcknowledgedPublisher publisher;
	private final Clock clock;
	/** Of its runs one waits at most, which takes all that were named by then. */
	private final ExecutorService worker;
	private final Set<K> owing = new LinkedHashSet<>();

	/** @param name of its thread */
	protected Relay(String name, Owing<K> outbox, AcknowledgedPublisher publisher, Clock clock) {
		this.outbox = outbox;
		this.publisher = publisher;
		this.clock = clock;
		this.worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1),
				Thread.ofPlatform().daemon().name(name).factory(), new ThreadPoolExecutor.DiscardPolicy());
	}

	/** Has what these documents owe published at once, and waits for nothing: who has stored it has done what was asked for. */
	public void soon(Collection<K> owners) {
		synchronized (owing) {
			owing.addAll(owners);
		}
		worker.execute(this::relayOwing);
	}

	private void relayOwing() {
		List<K> owners;
		synchronized (owing) {
			owners = List.copyOf(owing);
			owing.clear();
		}
		try {
			relay(owners, List.of());
		} catch (RuntimeException e) {
			LOG.warn("What {} documents owe waits in the outbox: {}", owners.size(), e.getClass().getSimpleName());
		}
	}

	/**
	 * Publishes {@code others}, which nothing else keeps, and what these documents owe, all in one go, and returns when the broker has
	 * all of it.
	 *
	 * @throws io.rollcall.platform.TemporarilyUnavailable when it has not
	 */
	public void relay(Collection<K> owners, Collection<CloudEvent> others) {
		if (owners.isEmpty() && others.isEmpty()) return;
		List<Pending> pending = outbox.of(owners);
		List<CloudEvent> events = new ArrayList<>(others);
		pending.forEach(it -> events.add(it.event()));
		publisher.publish(events);
		outbox.strike(pending);
	}

	/** Relays what was stored and not published: the broker was away, or the process has died. */
	@Scheduled(fixedDelayString = "${rollcall.outbox.sweep-interval:5s}")
	protected void sweep() {
		List<Pending> left;
		do {
			left = outbox.since(clock.instant().minus(LEFT_BEHIND), OWNERS_A_SWEEP);
			if (left.isEmpty()) return;
			LOG.info("Relaying {} events that were left in the outbox", left.size());
			publisher.publish(left.stream().map(Pending::event).toList());
			outbox.strike(left);
		} while (!left.isEmpty());
	}

	@Override
	public void destroy() throws InterruptedException {
		worker.shutdown();
		worker.awaitTermination(5, TimeUnit.SECONDS);
	}
}
