package io.rollcall.user.signin;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.springframework.stereotype.Component;

import io.rollcall.user.credential.Site;

/**
 * Evaluates what is tried as a password, within the budget. An attempt is taken out of it before anybody knows whether it is wrong,
 * so that no guess is free; those with one username wait for each other here, so that right ones sent together do not take it
 * from each other.
 */
@Component
public class Guesses {
	/** How many usernames are evaluated side by side; two that share a lock wait for each other, too. */
	private static final int LOCKS = 256;

	private final Attempts attempts;
	private final Lock[] locks = Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

	public Guesses(Attempts attempts) {
		this.attempts = attempts;
	}

	/** What became of an attempt. */
	public enum Judged {
		RIGHT,
		WRONG,
		/** Not evaluated: too much was tried. */
		TOO_MANY
	}

	/** @param right the evaluation, of which there is at most one */
	public Judged judge(String username, Site site, Source source, BooleanSupplier right) {
		Lock lock = locks[Math.floorMod(username.hashCode(), LOCKS)];
		lock.lock();
		try {
			if (!attempts.take(username, site, source)) return Judged.TOO_MANY;
			if (!right.getAsBoolean()) return Judged.WRONG;
			attempts.succeeded(username, site, source);
			return Judged.RIGHT;
		} finally {
			lock.unlock();
		}
	}
}
