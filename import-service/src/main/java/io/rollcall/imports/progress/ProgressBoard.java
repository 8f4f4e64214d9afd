package io.rollcall.imports.progress;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.rollcall.imports.ImportRepository;
import io.rollcall.imports.ImportSummary;
import io.rollcall.imports.OpenImport;
import io.rollcall.platform.BackgroundLoop;

/**
 * Where those who watch imports wait for news. However many watch, the store is asked once a round for all of them; while
 * nobody watches it is not asked.
 */
@Component
public class ProgressBoard extends BackgroundLoop {
	private static final Duration ROUND = Duration.ofMillis(250);
	/** Rounds take at most this part of the time. */
	private static final int SHARE = 5;

	private final ImportRepository imports;
	private final Clock clock;
	private final ReentrantLock lock = new ReentrantLock();
	private final Condition news = lock.newCondition();
	private final Condition watched = lock.newCondition();
	/** By import; absent when nobody watches it. */
	private final Map<UUID, Watched> board = new HashMap<>();

	private static final class Watched {
		private int watchers;
		private @Nullable Progress latest;
	}

	ProgressBoard(ImportRepository imports, Clock clock) {
		super("progress", ROUND, "Progress could not be read; trying again");
		this.imports = imports;
		this.clock = clock;
	}

	/** As it stands now; for those who poll. */
	public Progress now(ImportSummary summary) {
		return Progress.of(summary, summary.isCompleted() ? List.of() : imports.open(), clock.instant());
	}

	/** Says that somebody waits for news of an import, until it is closed. */
	public Watch watch(UUID importId) {
		lock.lock();
		try {
			board.computeIfAbsent(importId, _ -> new Watched()).watchers++;
			watched.signal();
			return new Watch(importId);
		} finally {
			lock.unlock();
		}
	}

	/** Someone's interest in one import. */
	public final class Watch implements AutoCloseable {
		private final UUID importId;

		private Watch(UUID importId) {
			this.importId = importId;
		}

		/**
		 * Waits for a state other than the one known.
		 *
		 * @return empty when there is none within the time, or this instance stops
		 */
		public Optional<Progress> next(String knownState, Duration atMost) throws InterruptedException {
			long left = atMost.toNanos();
			lock.lock();
			try {
				while (isRunning() && left > 0) {
					Watched mine = board.get(importId);
					Progress latest = mine == null ? null : mine.latest;
					if (latest != null && !latest.state().equals(knownState)) return Optional.of(latest);
					left = news.awaitNanos(left);
				}
				return Optional.empty();
			} finally {
				lock.unlock();
			}
		}

		@Override
		public void close() {
			lock.lock();
			try {
				Watched mine = board.get(importId);
				if (mine != null && --mine.watchers == 0) board.remove(importId);
			} finally {
				lock.unlock();
			}
		}
	}

	@Override
	protected Duration round() throws InterruptedException {
		List<UUID> wanted = awaitWatchers();
		long start = System.nanoTime();
		look(wanted);
		return Duration.ofNanos(Math.max(ROUND.toNanos(), SHARE * (System.nanoTime() - start)));
	}

	private List<UUID> awaitWatchers() throws InterruptedException {
		lock.lock();
		try {
			while (board.isEmpty())
				watched.await();
			return List.copyOf(board.keySet());
		} finally {
			lock.unlock();
		}
	}

	private void look(List<UUID> wanted) {
		List<ImportSummary> summaries = imports.summaries(wanted);
		boolean anyOpen = !summaries.stream().allMatch(ImportSummary::isCompleted);
		List<OpenImport> open = anyOpen ? imports.open() : List.of();
		lock.lock();
		try {
			for (ImportSummary summary : summaries) {
				Watched watchers = board.get(summary.id());
				if (watchers != null) watchers.latest = Progress.of(summary, open, clock.instant());
			}
			news.signalAll();
		} finally {
			lock.unlock();
		}
	}

	/** Before the web server, which would wait for those who watch. */
	@Override
	public synchronized void stop() {
		super.stop();
		lock.lock();
		try {
			news.signalAll();
		} finally {
			lock.unlock();
		}
	}
}
