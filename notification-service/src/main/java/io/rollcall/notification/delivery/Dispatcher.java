package io.rollcall.notification.delivery;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import io.rollcall.notification.DeliveryReports;
import io.rollcall.notification.DeliveryReports.Report;
import io.rollcall.notification.LetterWriter;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailCarrier;
import io.rollcall.notification.MailLedger;
import io.rollcall.notification.MailLedger.Entry;
import io.rollcall.notification.MailLedger.Open;
import io.rollcall.notification.Mailing;
import io.rollcall.notification.SecretOpener;
import io.rollcall.platform.Failures;

/**
 * Records mailings and sees to it that each of their mails goes out. What this instance records it usually sends itself,
 * straight from memory; a sweep finds what others left behind and what found no room.
 */
@Component
public final class Dispatcher implements SmartLifecycle {
	private static final int SWEEP = 500;
	/** Within the time that the platform gives a phase to stop. */
	private static final Duration PATIENCE = Duration.ofSeconds(6);
	private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

	private final MailLedger ledger;
	private final DeliverySettings settings;
	private final Clock clock;
	private final Claim claim;
	private final Reporter reporter;
	private final List<Lane> lanes;
	private final AtomicInteger held = new AtomicInteger();
	private final List<Thread> threads = new ArrayList<>();
	private final Object intake = new Object();
	/** Recorded mailings may lie in the store that are older than what comes next: then that queues behind them. */
	private boolean backlog = true;
	private volatile boolean running;

	Dispatcher(MailLedger ledger, LetterWriter writer, SecretOpener opener, MailCarrier carrier,
			DeliveryReports reports, Clock clock, DeliverySettings settings) {
		this.ledger = ledger;
		this.settings = settings;
		this.clock = clock;
		this.claim = new Claim(ledger, clock, settings.instance(), settings.lease());
		this.reporter = new Reporter(reports, ledger, closed -> held.addAndGet(-closed));
		var tools = new Lane.Tools(ledger, writer, opener, carrier, clock, settings, claim,
				new Semaphore(settings.inDoubt()), reporter, _ -> held.decrementAndGet());
		this.lanes = IntStream.range(0, settings.lanes()).mapToObj(_ -> new Lane(tools)).toList();
	}

	/** Returns when all of them are recorded: from then on they go out, whatever happens to this process. */
	public void dispatch(List<Mailing> mailings) {
		if (mailings.isEmpty()) return;
		synchronized (intake) {
			String owner = claim.owner();
			boolean room = running && !backlog && claim.holds(owner)
					&& held.get() + mailings.size() <= settings.capacity();
			if (!room) backlog = true;
			try {
				accept(ledger.record(mailings, room ? owner : null), owner);
			} catch (RuntimeException e) {
				claim.forfeit(); // some may be ours by now that we do not hold
				throw e;
			}
		}
	}

	private void accept(List<Open> mailings, String owner) {
		held.addAndGet(mailings.size());
		for (Open mailing : mailings) {
			List<Mail> rest = new ArrayList<>(mailing.entries().size());
			for (Entry entry : mailing.entries()) {
				if (entry.outcome() == null) rest.add(entry.mail());
				else if (!entry.published()) reporter.report(new Report(entry.mail(), entry.outcome()));
			}
			if (rest.isEmpty()) {
				reporter.close(mailing.cause());
			} else {
				var work = new Work(mailing.cause(), owner, rest, mailing.attempts(), mailing.dueAt());
				lanes.get(Math.floorMod(work.accountId.hashCode(), lanes.size())).accept(work);
			}
		}
	}

	private void sweep() {
		int taken;
		int wanted;
		do {
			synchronized (intake) {
				wanted = Math.min(SWEEP, settings.capacity() - held.get());
				if (wanted <= 0 || !claim.isAlive()) return;
				String owner = claim.owner();
				Set<String> living = ledger.living(clock.instant());
				try {
					List<Open> found = ledger.claim(owner, living, wanted);
					taken = found.size();
					accept(found, owner);
				} catch (RuntimeException e) {
					claim.forfeit();
					throw e;
				}
				backlog = taken == wanted;
			}
			if (taken > 0) LOG.info("{} mailings taken up that nobody was sending", taken);
		} while (taken == wanted && running);
	}

	private void keep() {
		boolean wasWell = true;
		while (running) {
			try {
				claim.renew();
				sweep();
				wasWell = true;
			} catch (RuntimeException e) {
				if (wasWell) LOG.warn("The ledger is away", Failures.withoutText(e));
				wasWell = false;
			}
			try {
				Thread.sleep(settings.sweepEvery());
			} catch (InterruptedException e) {
				return;
			}
		}
	}

	int held() {
		return held.get();
	}

	List<Lane> lanes() {
		return lanes;
	}

	boolean isDisplaced() {
		return running && claim.isDisplaced();
	}

	@Override
	public void start() {
		running = true;
		threads.add(Thread.ofPlatform().daemon().name("mail-reports").start(reporter));
		for (int i = 0; i < lanes.size(); i++)
			threads.add(Thread.ofPlatform().daemon().name("mail-lane-" + i).start(lanes.get(i)));
		threads.add(Thread.ofPlatform().daemon().name("mail-keeper").start(this::keep));
	}

	/** Finishes the mails in flight, tells of them, and leaves the rest to others. */
	@Override
	public void stop() {
		running = false;
		lanes.forEach(Lane::stop);
		Thread keeper = threads.getLast();
		keeper.interrupt();
		joined(threads.subList(1, threads.size()));
		reporter.stop();
		joined(threads.subList(0, 1));
		try {
			claim.end();
		} catch (RuntimeException e) {
			LOG.warn("Others will take over only when the lease has ended", Failures.withoutText(e));
		}
		threads.clear();
	}

	private static void joined(List<Thread> ending) {
		try {
			long end = System.nanoTime() + PATIENCE.toNanos();
			for (Thread thread : ending)
				thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return running;
	}

	/**
	 * After the port is bound, which proves that no other process has this instance's name, and before the listeners; the
	 * other way round at the end.
	 */
	@Override
	public int getPhase() {
		return DEFAULT_PHASE - 1000;
	}
}
