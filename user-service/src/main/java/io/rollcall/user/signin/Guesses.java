package io.rollcall.user.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.springframework.stereotype.Component;

import io.rollcall.user.credential.Site;

/**
 * Evaluates what is tried as a password, within the budget. An attempt is taken out of it before anybody knows whether it is wrong,
 * so that no guess is free; those with one username wait for each other here, so that right ones sent together do not take it
 * from each other. From within sessions right ones have a bound, too, since nothing else bounds them and each takes tens of milliseconds of
 * a core; each instance counts it for itself, in memory: it protects the others' sign-ins and is no contract.
 */
@Component
public class Guesses {
	/** How many usernames are evaluated side by side; two that share a lock wait for each other, too. */
	private static final int LOCKS = 256;
	static final Duration MINUTE = Duration.ofMinutes(1);
	/** Of one username, from within all its sessions. */
	private static final int A_MINUTE = 20;
	private static final int MOST_COUNTED = 100_000;

	private final Attempts attempts;
	/** Evaluated from within sessions in the minute that began with the first. */
	private final Cache<String, AtomicInteger> ofSessions;
	private final Lock[] locks = Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

	public Guesses(Attempts attempts, Clock clock) {
		this.attempts = attempts;
		this.ofSessions = Caffeine.newBuilder().maximumSize(MOST_COUNTED).expireAfterWrite(MINUTE)
				.ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis())).build();
	}

	/** What became of an attempt. */
	public enum Judged {
		RIGHT,
		WRONG,
		/** Not evaluated: too much was tried. */
		TOO_MANY,
		/** Not evaluated: too much was within the last minute, from within sessions, be it right. */
		TOO_QUICK
	}

	/** @param right the evaluation, of which there is at most one */
	public Judged judge(String username, Site site, Source source, BooleanSupplier right) {
		Lock lock = locks[Math.floorMod(username.hashCode(), LOCKS)];
		lock.lock();
		try {
			AtomicInteger lately = source.session()
					? ofSessions.get(username, _ -> new AtomicInteger())
					: new AtomicInteger();
			if (lately.get() >= A_MINUTE) return Judged.TOO_QUICK;
			if (!attempts.take(username, site, source)) return Judged.TOO_MANY;
			lately.incrementAndGet();
			if (!right.getAsBoolean()) return Judged.WRONG;
			attempts.succeeded(username, site, source);
			return Judged.RIGHT;
		} finally {
			lock.unlock();
		}
	}
}
