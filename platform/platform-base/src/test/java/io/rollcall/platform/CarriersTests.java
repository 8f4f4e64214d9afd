package io.rollcall.platform;

import java.io.IOException;
import java.lang.Thread.State;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class CarriersTests {
	static final Object LOCK = new Object();

	/** Whoever initializes it waits for the lock, and has a frame of the JVM below him, which keeps his carrier. */
	static final class Pinned {
		static {
			synchronized (LOCK) {
				assertThat(Thread.holdsLock(LOCK)).isTrue();
			}
		}
	}

	@Test
	void requestsGoOnWhereSomeWaitForALockWhoseOwnerHasNoCarrier() throws InterruptedException {
		Carriers.allowMost();
		Thread owner = ownerOfTheLock();
		List<Thread> threads = new ArrayList<>(IntStream.range(0, 2 * Runtime.getRuntime().availableProcessors())
				.mapToObj(_ -> initializing()).toList());
		await().until(() -> threads.stream().allMatch(thread -> thread.getState() == State.BLOCKED));
		LockSupport.unpark(owner);

		threads.add(owner);
		await().atMost(Duration.ofSeconds(90)).until(() -> threads.stream().noneMatch(Thread::isAlive));
	}

	/** It has the lock, and is parked without a carrier. */
	private static Thread ownerOfTheLock() throws InterruptedException {
		var owns = new CountDownLatch(1);
		Thread owner = Thread.ofVirtual().start(() -> {
			synchronized (LOCK) {
				owns.countDown();
				LockSupport.park();
			}
		});
		owns.await();
		await().until(() -> owner.getState() == State.WAITING);
		return owner;
	}

	/** Initializes a class that nobody else does: a wait for another thread's initialization would be another wait. */
	private static Thread initializing() {
		return Thread.ofVirtual().start(() -> {
			try (var bytes = Pinned.class.getResourceAsStream("CarriersTests$Pinned.class")) {
				Lookup own = MethodHandles.lookup().defineHiddenClass(bytes.readAllBytes(), true);
				assertThat(own.lookupClass()).isNotEqualTo(Pinned.class);
			} catch (IOException | IllegalAccessException e) {
				throw new IllegalStateException(e);
			}
		});
	}
}
