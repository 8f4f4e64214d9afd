package io.rollcall.platform;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Does something again and again, on a thread of its own, while the service runs. A failure does not end it, and is logged without
 * texts: the first of several in a row.
 */
public abstract class BackgroundLoop implements SmartLifecycle {
	private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);
	/** What is interrupted ends at once; whoever stops has more to wait for. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final String name;
	private final Duration afterFailure;
	private final String failed;
	private volatile @Nullable Thread thread;

	/**
	 * @param name of the thread
	 * @param afterFailure how long to wait after one
	 * @param failed what the log says of it
	 */
	protected BackgroundLoop(String name, Duration afterFailure, String failed) {
		this.name = name;
		this.afterFailure = afterFailure;
		this.failed = failed;
	}

	/**
	 * Does it once. {@link #stop} interrupts it.
	 *
	 * @return how long to wait until the next time
	 */
	protected abstract Duration round() throws Exception;

	private void run() {
		boolean well = true;
		try {
			while (thread == Thread.currentThread()) {
				Duration pause = afterFailure;
				try {
					pause = round();
					well = true;
				} catch (InterruptedException e) {
					throw e;
				} catch (Throwable e) { // an Error as well: nobody would start this thread again
					if (well && isRunning()) LOG.warn(failed, Failures.withoutText(e));
					well = false;
				}
				Thread.sleep(pause);
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt(); // only stop() interrupts
		}
	}

	@Override
	public synchronized void start() {
		if (isRunning()) return;
		Thread starting = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
		thread = starting;
		starting.start();
	}

	/** Interrupts what is being done, and waits until it has ended. */
	@Override
	public synchronized void stop() {
		Thread stopping = thread;
		if (stopping == null) return;
		thread = null;
		stopping.interrupt();
		try {
			stopping.join(PATIENCE);
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return thread != null;
	}
}
