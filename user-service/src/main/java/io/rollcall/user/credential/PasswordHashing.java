package io.rollcall.user.credential;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

import io.rollcall.platform.TemporarilyUnavailable;

/**
 * Hashes passwords of people's own choice: Argon2id with 19 MiB, two passes and one lane (OWASP Password Storage Cheat Sheet),
 * which costs some 50 ms of a core. As many are evaluated at once as there are cores: more would only make all of them slow and
 * take 19 MiB each.
 */
@Component
public class PasswordHashing {
	/** Longer than any password that the rules allow. */
	private static final int LONGEST = 512;
	private static final int PATIENCE_SECONDS = 10;

	private final Argon2PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19456, 2);
	private final Semaphore slots = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
	private final LongAdder evaluations = new LongAdder();
	/** Of a password that nobody knows: what is compared when there is nothing to compare with. */
	private final String nobodys = argon2Of(Secrets.random());

	/** @throws TemporarilyUnavailable when too many wait already */
	public String hash(Password password) {
		return evaluated(() -> argon2Of(password.value()));
	}

	/**
	 * Whether this is the password of {@code hash}. Without a hash it is not, which takes as long to find out.
	 *
	 * @throws TemporarilyUnavailable when too many wait already
	 */
	public boolean matches(Password password, @Nullable String hash) {
		boolean hopeless = hash == null || password.value().length() > LONGEST;
		String text = password.value().length() > LONGEST ? "" : password.value();
		String compared = hash == null ? nobodys : hash;
		return evaluated(() -> argon2.matches(text, compared)) && !hopeless;
	}

	/** As {@link #matches}, of what somebody typed: if it has blanks around it that are not meant, it is right without them. */
	public boolean matchesTyped(Password typed, @Nullable String hash) {
		Password bare = typed.withoutBlanks();
		return matches(typed, hash) || !bare.equals(typed) && matches(bare, hash);
	}

	/** How many hashes were computed since the start. */
	public long evaluations() {
		return evaluations.sum();
	}

	private String argon2Of(String text) {
		String hash = argon2.encode(text);
		if (hash == null) throw new IllegalStateException("no hash");
		return hash;
	}

	private <T> T evaluated(Supplier<T> evaluation) {
		try {
			if (!slots.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
				throw new TemporarilyUnavailable("too many passwords are being evaluated");
			}
		} catch (InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new TemporarilyUnavailable("interrupted", e);
		}
		try {
			evaluations.increment();
			return evaluation.get();
		} finally {
			slots.release();
		}
	}
}
