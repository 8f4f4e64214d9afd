package io.rollcall.user.account.messaging;

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
import org.springframework.stereotype.Component;

import io.rollcall.platform.messaging.AcknowledgedPublisher;
import io.rollcall.platform.messaging.CloudEvent;
import io.rollcall.user.account.EventRelay;
import io.rollcall.user.account.Outbox;
import io.rollcall.user.account.Outbox.Pending;
import io.rollcall.user.account.profile.Username;

/**
 * Publishes what accounts owe and strikes it out once the broker has it. An event may be published twice (a crash between the
 * two), never not at all, and for one account always in order: what an earlier process left goes before what is new.
 */
@Component
class OutboxRelay implements EventRelay, DisposableBean {
	private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);
	/** Older than most writes that are still being relayed by the one who made them; what is published twice bears the same id. */
	private static final Duration LEFT_BEHIND = Duration.ofSeconds(10);
	private static final int ACCOUNTS_A_SWEEP = 500;

	private final Outbox outbox;
	private final AcknowledgedPublisher publisher;
	private final Clock clock;
	/** Of its runs one waits at most, which takes all that were named by then. */
	private final ExecutorService worker = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS,
			new ArrayBlockingQueue<>(1),
			Thread.ofPlatform().daemon().name("outbox").factory(), new ThreadPoolExecutor.DiscardPolicy());
	private final Set<Username> owing = new LinkedHashSet<>();

	OutboxRelay(Outbox outbox, AcknowledgedPublisher publisher, Clock clock) {
		this.outbox = outbox;
		this.publisher = publisher;
		this.clock = clock;
	}

	@Override
	public void soon(Collection<Username> accounts) {
		synchronized (owing) {
			owing.addAll(accounts);
		}
		worker.execute(this::relayOwing);
	}

	private void relayOwing() {
		List<Username> accounts;
		synchronized (owing) {
			accounts = List.copyOf(owing);
			owing.clear();
		}
		try {
			relay(accounts, List.of());
		} catch (RuntimeException e) {
			LOG.warn("What {} accounts owe waits in the outbox: {}", accounts.size(), e.getClass().getSimpleName());
		}
	}

	@Override
	public void relay(Collection<Username> accounts, Collection<CloudEvent> others) {
		if (accounts.isEmpty() && others.isEmpty()) return;
		List<Pending> pending = outbox.of(accounts);
		List<CloudEvent> events = new ArrayList<>(others);
		pending.forEach(it -> events.add(it.event()));
		publisher.publish(events);
		outbox.strike(pending);
	}

	/** Relays what was stored and not published: the broker was away, or the process has died. */
	@Scheduled(fixedDelayString = "${rollcall.outbox.sweep-interval:5s}")
	void sweep() {
		List<Pending> left;
		do {
			left = outbox.since(clock.instant().minus(LEFT_BEHIND), ACCOUNTS_A_SWEEP);
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
