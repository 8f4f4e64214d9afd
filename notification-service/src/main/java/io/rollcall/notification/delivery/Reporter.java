package io.rollcall.notification.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.rollcall.notification.DeliveryReports;
import io.rollcall.notification.DeliveryReports.Report;
import io.rollcall.notification.MailLedger;
import io.rollcall.platform.Failures;

/**
 * Relays what became of mails, many at a time, and closes mailings of which everything is told. What it has not told when the
 * process dies stays open in the ledger.
 */
final class Reporter implements Runnable {
	private static final int BATCH = 500;
	private static final Duration GATHER = Duration.ofMillis(50);
	private static final Pauses PAUSES = new Pauses(Duration.ofMillis(200), Duration.ofSeconds(5));
	private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

	/** @param finishedCause the mailing that ends with this; null when more of its mails follow */
	private record Item(@Nullable Report report, @Nullable String finishedCause) {}

	private final DeliveryReports reports;
	private final MailLedger ledger;
	private final IntConsumer closed;
	private final BlockingQueue<Item> queue = new LinkedBlockingQueue<>();
	private volatile boolean stopping;

	/** @param closed told how many mailings were closed */
	Reporter(DeliveryReports reports, MailLedger ledger, IntConsumer closed) {
		this.reports = reports;
		this.ledger = ledger;
		this.closed = closed;
	}

	void report(Report report) {
		queue.add(new Item(report, null));
	}

	void reportLast(Report report) {
		queue.add(new Item(report, report.mail().cause()));
	}

	void close(String cause) {
		queue.add(new Item(null, cause));
	}

	/** Ends {@link #run} when all is told, or at the first failure. */
	void stop() {
		stopping = true;
	}

	@Override
	public void run() {
		List<Item> batch = new ArrayList<>(BATCH);
		int failures = 0;
		while (!(stopping && (batch.isEmpty() && queue.isEmpty() || failures > 0))) {
			try {
				if (batch.isEmpty()) {
					Item first = queue.poll(100, TimeUnit.MILLISECONDS);
					if (first == null) continue;
					batch.add(first);
					if (!stopping) Thread.sleep(GATHER); // a request for each mail would cost more than the mail
					queue.drainTo(batch, BATCH - 1);
				}
				tell(batch);
				batch.clear();
				failures = 0;
			} catch (InterruptedException e) {
				return;
			} catch (RuntimeException e) {
				failures++;
				if (failures == 1) LOG.warn("Delivery reports wait", Failures.withoutText(e));
				if (!slept(PAUSES.after(failures))) return;
			}
		}
	}

	private void tell(List<Item> batch) {
		List<Report> told = new ArrayList<>(batch.size());
		List<String> finished = new ArrayList<>();
		for (Item item : batch) {
			if (item.report() != null) told.add(item.report());
			if (item.finishedCause() != null) finished.add(item.finishedCause());
		}
		reports.publish(told);
		ledger.close(finished);
		closed.accept(finished.size());
	}

	private boolean slept(Duration pause) {
		try {
			for (long left = pause.toMillis(); left > 0 && !stopping; left -= 100)
				Thread.sleep(Math.min(left, 100));
			return true;
		} catch (InterruptedException e) {
			return false;
		}
	}
}
