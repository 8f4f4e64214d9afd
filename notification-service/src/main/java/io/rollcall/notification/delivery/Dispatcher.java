package io.rollcall.notification.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import io.rollcall.notification.DeliveryReports;
import io.rollcall.notification.DeliveryReports.Report;
import io.rollcall.notification.Endings;
import io.rollcall.notification.LetterWriter;
import io.rollcall.notification.Mail;
import io.rollcall.notification.MailCarrier;
import io.rollcall.notification.MailLedger;
import io.rollcall.notification.MailLedger.Entry;
import io.rollcall.notification.MailLedger.Open;
import io.rollcall.notification.Mailing;
import io.rollcall.notification.SecretOpener;
import io.rollcall.platform.BackgroundLoop;
import io.rollcall.platform.Failures;
import io.rollcall.platform.persistence.Lease;
import io.rollcall.platform.persistence.Leases;
import io.rollcall.platform.persistence.Lookout;
import io.rollcall.platform.persistence.PauseSwitch;

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
	private final PauseSwitch sending;
	private final Gate gate = new Gate();
	private final Throttle throttle;
	private final DeliverySettings settings;
	private final Clock clock;
	private final Claim claim;
	private final Lookout lookout;
	private final Reporter reporter;
	private final List<Lane> lanes;
	private final BackgroundLoop keeper;
	private final AtomicInteger held = new AtomicInteger();
	private final List<Thread> threads = new ArrayList<>();
	private final Object intake = new Object();
	/** Recorded mailings may lie in the store that are older than what comes next: then that queues behind them. */
	private boolean backlog = true;
	private volatile boolean running;

	Dispatcher(MailLedger ledger, Endings endings, LetterWriter writer, SecretOpener opener, MailCarrier carrier,
			DeliveryReports reports, Leases senders, PauseSwitch sending, Clock clock, DeliverySettings settings) {
		this.ledger = ledger;
		this.sending = sending;
		this.throttle = new Throttle(settings.limits());
		this.settings = settings;
		this.clock = clock;
		this.claim = new Claim(ledger,
				new Lease(senders, settings.instance(), settings.lease(), System::nanoTime));
		this.lookout = new Lookout(senders, settings.lease(), System::nanoTime);
		this.reporter = new Reporter(reports, ledger, closed -> held.addAndGet(-closed));
		var tools = new Lane.Tools(ledger, endings, writer, opener, carrier, clock, settings, claim, gate, throttle,
				new Semaphore(settings.inDoubt()), reporter, _ -> held.decrementAndGet());
		this.keeper = new BackgroundLoop("mail-keeper", settings.sweepEvery(), "The ledger is away") {
			@Override
			protected Duration round() {
				claim.renew();
				gate.set(!sending.state().paused());
				sweep();
				return settings.sweepEvery();
			}
		};
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
				else
					reporter.report(new Report(entry.mail(), entry.outcome()));
			}
			if (rest.isEmpty()) {
				reporter.close(mailing.cause());
			} else {
				var work = new Work(mailing.cause(), owner, rest, mailing.attempts(), mailing.dueAt());
				lane(work, rest).accept(work);
			}
		}
	}

	/** The same for all mailings of an account; a domain with a limit of connections has that many lanes. */
	private Lane lane(Work work, List<Mail> mails) {
		int all = lanes.size();
		int some = throttle.lanes(mails, all);
		int among = Math.floorMod(work.accountId.hashCode(), some);
		return lanes.get(some == all ? among : Math.floorMod(Throttle.firstLane(mails.getFirst()) + among, all));
	}

	private void sweep() {
		int taken;
		int wanted;
		do {
			synchronized (intake) {
				wanted = Math.min(SWEEP, settings.capacity() - held.get());
				if (wanted <= 0 || !claim.isAlive()) return;
				String owner = claim.owner();
				Set<String> living = lookout.living(); // each time: who has come since must keep its own
				throttle.sharedBy(living.size());
				try {
					List<Open> found = ledger.claim(owner, living, clock.instant(), wanted);
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

	/** Lets no mail out any more, here at once and from the other instances when they next look; what comes waits. */
	public void pause(String by) {
		PauseSwitch.State now = sending.turn(true, by, clock.instant());
		gate.set(!now.paused());
		LOG.info("Mails are paused");
	}

	public void resume(String by) {
		PauseSwitch.State now = sending.turn(false, by, clock.instant());
		gate.set(!now.paused());
		LOG.info("Mails go out again");
	}

	/**
	 * @param open mailings of all instances that are not done and told of
	 * @param held those of them that this instance has
	 * @param away since when this instance cannot reach the mail server; null when it can
	 */
	public record Status(PauseSwitch.State sending, long open, int held, @Nullable Away away) {}

	/** Since when the mail server cannot be reached, and the class or reply code that says why. */
	public record Away(Instant since, String cause) {}

	public Status status() {
		return new Status(sending.state(), ledger.open(), held(),
				lanes.stream().map(Lane::away).filter(Objects::nonNull).findFirst().orElse(null));
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
		keeper.start();
	}

	/** Finishes the mails in flight, tells of them, and leaves the rest to others. */
	@Override
	public void stop() {
		running = false;
		lanes.forEach(Lane::stop);
		keeper.stop();
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
