package io.rollcall.imports.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many imports may be in memory as a whole: while one is taken in or shown, it takes some ten times the room of its file. The
 * others wait, an upload with its file on the disk.
 */
final class Turns {
	private static final int KILOBYTES = 16 * 1024;

	private final Semaphore room = new Semaphore(KILOBYTES, true);
	private final int least;
	private final Duration patience;

	/**
	 * @param atOnce how many, however small they are
	 * @param patience shorter than the gateway's for an answer
	 */
	Turns(int atOnce, Duration patience) {
		this.least = KILOBYTES / atOnce;
		this.patience = patience;
	}

	/** What is done with a whole import. */
	@FunctionalInterface
	interface Work<T, E extends Exception> {
		T run() throws E;
	}

	/**
	 * @param bytes of its file
	 * @throws org.springframework.web.ErrorResponseException 503 when its turn does not come
	 */
	<T, E extends Exception> T take(long bytes, Work<T, E> work) throws E {
		int kilobytes = (int) Math.clamp(bytes / 1024, least, KILOBYTES);
		if (!isTurn(kilobytes)) throw Refusals.busy();
		try {
			return work.run();
		} finally {
			room.release(kilobytes);
		}
	}

	private boolean isTurn(int kilobytes) {
		try {
			return room.tryAcquire(kilobytes, patience.toMillis(), TimeUnit.MILLISECONDS);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			return false;
		}
	}
}
