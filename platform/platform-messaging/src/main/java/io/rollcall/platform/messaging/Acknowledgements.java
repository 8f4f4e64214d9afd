package io.rollcall.platform.messaging;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import io.rollcall.platform.TemporarilyUnavailable;

/** What the broker says to what was sent. */
final class Acknowledgements {
	private Acknowledgements() {}

	/** @throws TemporarilyUnavailable when one of them is a failure */
	static void await(Collection<? extends Future<?>> acknowledgements) {
		try {
			for (Future<?> acknowledgement : acknowledgements)
				acknowledgement.get();
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new TemporarilyUnavailable("interrupted while publishing", e);
		} catch (ExecutionException e) {
			throw new TemporarilyUnavailable("the broker did not acknowledge", e);
		}
	}
}
