package io.rollcall.imports.dispatch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import io.rollcall.imports.DispatchSignal;
import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportedRows;
import io.rollcall.imports.OpenImport;
import io.rollcall.platform.Failures;
import io.rollcall.platform.persistence.Lease;
import io.rollcall.platform.persistence.Leases;
import io.rollcall.platform.persistence.PauseSwitch;

/**
 * Sends the rows of stored imports to user-service, fair between districts and only so many at once. It can be killed at any
 * point: what it knows is read back from the imports, and rows whose dispatch was not noted are sent again.
 */
@Component
public class Dispatcher implements DispatchSignal, SmartLifecycle {
	private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
	private static final String LEASE = "dispatcher";
	private static final Duration AFTER_FAILURE = Duration.ofMillis(500);
	private static final Duration SUSPENSION = Duration.ofSeconds(5);
	/** Polling takes at most this part of the time, however many imports there are to look through. */
	private static final int POLL_SHARE = 10;
	/** Of files whose rows are at hand; in memory they are about five times as large. */
	private static final long RECENT_BYTES = 8L << 20;

	private final ImportRepository repository;
	private final RowPublisher publisher;
	private final PauseSwitch control;
	private final DispatchSettings settings;
	private final Clock clock;
	private final Lease lease;
	private final FairQueue queue;
	private final RowCache recent = new RowCache(RECENT_BYTES);
	private final BlockingQueue<Collection<OpenImport>> news = new LinkedBlockingQueue<>();
	private volatile boolean active;
	private volatile boolean running;
	private volatile @Nullable Thread thread;
	private long nextPoll;
	/** As the last poll saw it. */
	private boolean paused;
	/** After a failure rows are sent import by import, so that one that cannot be sent is found and left aside. */
	private boolean careful;

	@Autowired
	Dispatcher(ImportRepository repository, RowPublisher publisher, Leases leases, PauseSwitch control,
			DispatchSettings settings, Clock clock) {
		this(repository, publisher, control, settings, clock,
				new Lease(leases, LEASE, settings.lease(), System::nanoTime));
	}

	Dispatcher(ImportRepository repository, RowPublisher publisher, PauseSwitch control, DispatchSettings settings,
			Clock clock, Lease lease) {
		this.repository = repository;
		this.publisher = publisher;
		this.control = control;
		this.settings = settings;
		this.clock = clock;
		this.lease = lease;
		this.queue = new FairQueue(settings.stalledAfter());
	}

	@Override
	public void changed(Collection<OpenImport> imports) {
		// Whoever does not dispatch need not know, and reads everything when its time comes.
		if (active && !imports.isEmpty()) news.add(List.copyOf(imports));
	}

	@Override
	public synchronized void start() {
		if (running) return;
		running = true;
		thread = Thread.ofPlatform().name("dispatcher").daemon().priority(Thread.MIN_PRIORITY).start(this::run);
	}

	@Override
	public synchronized void stop() {
		running = false;
		Thread stopping = thread;
		if (stopping == null) return;
		stopping.interrupt();
		try {
			stopping.join(Duration.ofSeconds(10));
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		thread = null;
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	private void run() {
		while (running) {
			try {
				if (lease.isHeld()) {
					activate();
					work();
				} else {
					deactivate();
					TimeUnit.NANOSECONDS.sleep(Math.min(settings.poll().toNanos(), settings.lease().toNanos() / 4));
				}
			} catch (InterruptedException e) {
				break; // only stop() interrupts
			} catch (Throwable e) {
				// An Error as well: nobody would start this thread again.
				if (!running) break;
				careful = true;
				LOG.warn("Dispatching failed; trying again", Failures.withoutText(e));
				if (!pause(AFTER_FAILURE)) break;
			}
		}
		deactivate();
		try {
			Thread.interrupted(); // else the driver would not talk
			lease.release();
		} catch (RuntimeException e) {
			LOG.debug("The lease was not released; it runs out", Failures.withoutText(e));
		}
	}

	private static boolean pause(Duration time) {
		try {
			Thread.sleep(time);
			return true;
		} catch (InterruptedException e) {
			return false;
		}
	}

	private void activate() {
		if (active) return;
		LOG.info("This instance dispatches");
		queue.clear();
		recent.clear();
		news.clear();
		active = true; // before the first poll: what comes in from now on is in one of the two
		nextPoll = System.nanoTime();
	}

	private void deactivate() {
		if (active) LOG.info("This instance no longer dispatches");
		active = false;
		queue.clear();
		recent.clear();
		news.clear();
	}

	/** One round: take in what is new, send what may go, else wait for more. */
	private void work() throws InterruptedException {
		for (Collection<OpenImport> imports = news.poll(); imports != null; imports = news.poll())
			imports.forEach(queue::put);
		if (System.nanoTime() - nextPoll >= 0) poll();
		if (dispatch()) return;
		Collection<OpenImport> imports = news.poll(nextPoll - System.nanoTime(), TimeUnit.NANOSECONDS);
		if (imports != null) imports.forEach(queue::put);
	}

	private void poll() {
		long start = System.nanoTime();
		paused = control.state().paused();
		List<OpenImport> open = repository.open();
		List<UUID> missing = queue.missingIn(open);
		open.forEach(queue::put);
		// Completed elsewhere, or come in while we looked.
		if (!missing.isEmpty()) {
			Map<UUID, OpenImport> found = repository.progress(missing).stream()
					.collect(Collectors.toMap(OpenImport::id, Function.identity()));
			for (UUID id : missing) {
				OpenImport progress = found.get(id);
				if (progress == null) {
					queue.remove(id);
				} else {
					queue.put(progress);
				}
			}
		}
		long cost = System.nanoTime() - start;
		nextPoll = start + Math.max(settings.poll().toNanos(), POLL_SHARE * cost);
		if (!paused) queue.overdue(clock.instant(), settings.redispatchAfter()).ifPresent(this::redispatch);
	}

	/** @return whether anything was sent */
	private boolean dispatch() {
		if (paused) return false;
		int free = settings.window() - queue.inFlight();
		if (free <= 0) return false;
		List<Slice> slices = queue.next(Math.min(free, settings.batch()), settings.chunk(),
				careful ? 1 : Integer.MAX_VALUE, clock.instant());
		if (slices.isEmpty()) return false;
		try {
			send(slices);
			careful = false;
			return true;
		} catch (RuntimeException e) {
			if (careful) queue.suspend(slices.getFirst().of().id(), clock.instant().plus(SUSPENSION));
			throw e;
		}
	}

	private void send(List<Slice> slices) {
		Map<UUID, Integer> positions = new LinkedHashMap<>();
		for (Slice slice : slices)
			positions.put(slice.of().id(), slice.to());
		Map<UUID, ImportedRows> files = recent.get(positions.keySet(), repository::rows);
		List<RowCommand> commands = new ArrayList<>();
		for (Slice slice : slices) {
			ImportedRows rows = files.get(slice.of().id());
			if (rows == null) {
				queue.remove(slice.of().id());
				positions.remove(slice.of().id());
				continue;
			}
			commands.addAll(RowCommand.of(rows, IntStream.rangeClosed(slice.from(), slice.to())));
		}
		if (!commands.isEmpty()) publisher.publish(commands); // the file may have decided all of these rows
		Instant now = clock.instant();
		repository.dispatched(positions, now);
		positions.forEach((id, records) -> queue.dispatched(id, records, now));
		for (Slice slice : slices)
			if (slice.to() == slice.of().total()) recent.forget(slice.of().id());
	}

	/** For rows whose commands or results are gone, as when a topic's retention passed over them. */
	private void redispatch(OpenImport overdue) {
		queue.suspend(overdue.id(), clock.instant().plus(SUSPENSION)); // should it fail, the others go on meanwhile
		for (ImportedRows rows : repository.rows(List.of(overdue.id()))) {
			List<RowCommand> commands = RowCommand.of(rows, IntStream.rangeClosed(1, overdue.dispatched()));
			try (var _ = MDC.putCloseable("importId", overdue.id().toString())) {
				LOG.warn("{} rows have no outcome since {}; sending them again", commands.size(), overdue.progressAt());
			}
			publisher.publish(commands);
			repository.redispatched(overdue.id(), clock.instant());
		}
		repository.progress(List.of(overdue.id())).forEach(queue::put);
	}
}
