package io.rollcall.platform.web;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.springframework.web.ErrorResponseException;

/**
 * How many requests that need much memory or long computation are at it: a bulkhead, weighted by the size of what each holds as a
 * whole. The others wait. One person has half of the room at most, so that whoever has many to wait for does not stand before
 * somebody who has one (decision 25).
 */
public final class Turns {
	private static final int KILOBYTES = 16 * 1024;
	/** Of one person. What is larger has all of it. */
	private static final int HALF = KILOBYTES / 2;
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
	public Turns(int atOnce, Duration patience) {
		this.own = Stream.generate(() -> new Semaphore(HALF, true)).limit(QUEUES).toList();
		this.least = KILOBYTES / atOnce;
		this.patience = patience;
	}

	/** What is done when the turn has come. */
	@FunctionalInterface
	public interface Work<T, E extends Exception> {
		T run() throws E;
	}

	/**
	 * @param account whose turn it is
	 * @param bytes of what it holds; some ten times that is in memory
	 * @throws org.springframework.web.ErrorResponseException 503 when its turn does not come
	 */
	public <T, E extends Exception> T take(String account, long bytes, Work<T, E> work) throws E {
		long deadline = System.nanoTime() + patience.toNanos();
		int needed = (int) Math.clamp(bytes / 1024, least, KILOBYTES);
		return within(own.get(Math.floorMod(account.hashCode(), QUEUES)), Math.min(needed, HALF), deadline,
				() -> within(room, needed, deadline, work));
	}

	private static <T, E extends Exception> T within(Semaphore permits, int count, long deadline, Work<T, E> work)
			throws E {
		if (!acquired(permits, count, deadline)) throw busy();
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

	private static ErrorResponseException busy() {
		return Waiting.busy("busy",
				"Too much is being done at the moment. Nothing was done for you. Please try again shortly.");
	}
}
