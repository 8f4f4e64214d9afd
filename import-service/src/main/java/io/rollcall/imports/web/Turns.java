package io.rollcall.imports.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How many imports may be in memory as a whole: while one is taken in or shown, it takes some ten times the room of its file. The
 * others wait, an upload with its file on the disk. One person has half of the turns at most, so that whoever has many to wait for
 * does not stand before somebody who has one.
 */
final class Turns {
	private static final int KILOBYTES = 16 * 1024;
	/** So many queues are enough that two people seldom share one. */
	private static final int QUEUES = 256;

	private final Semaphore room = new Semaphore(KILOBYTES, true);
	private final List<Semaphore> own;
	private final int least;
	private final Duration patience;

	/**
	 * @param atOnce how many, however small they are
	 * @param patience shorter than the gateway's for an answer
	 */
	Turns(int atOnce, Duration patience) {
		this.own = Stream.generate(() -> new Semaphore(Math.max(1, atOnce / 2), true)).limit(QUEUES).toList();
		this.least = KILOBYTES / atOnce;
		this.patience = patience;
	}

	/** What is done with a whole import. */
	@FunctionalInterface
	interface Work<T, E extends Exception> {
		T run() throws E;
	}

	/**
	 * @param account whose turn it is
	 * @param bytes of the import's file
	 * @throws org.springframework.web.ErrorResponseException 503 when its turn does not come
	 */
	<T, E extends Exception> T take(String account, long bytes, Work<T, E> work) throws E {
		long deadline = System.nanoTime() + patience.toNanos();
		return within(own.get(Math.floorMod(account.hashCode(), QUEUES)), 1, deadline,
				() -> within(room, (int) Math.clamp(bytes / 1024, least, KILOBYTES), deadline, work));
	}

	private static <T, E extends Exception> T within(Semaphore permits, int count, long deadline, Work<T, E> work)
			throws E {
		if (!acquired(permits, count, deadline)) throw Refusals.busy();
		try {
			return work.run();
		} finally {
			permits.release(count);
		}
	}

	private static boolean acquired(Semaphore permits, int count, long deadline) {
		try {
			return permits.tryAcquire(count, deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
	}
}
