package io.rollcall.user.request;

import java.util.function.Function;
import java.util.function.Predicate;

import org.springframework.stereotype.Component;

/** Keeps an idempotency key to the request it was first sent with. */
@Component
public class KeyedRequests {
	/** The key was sent with another request before. */
	public static final class KeyReused extends RuntimeException {
		private static final long serialVersionUID = 1;
	}

	private final RequestKeys keys;

	public KeyedRequests(RequestKeys keys) {
		this.keys = keys;
	}

	/**
	 * Runs {@code work}, which is itself safe to repeat with the same cause, and does nothing once it was answered. A request that is
	 * refused when it comes first leaves its key free: one may correct a form and send it again.
	 *
	 * @param fingerprint a hash of what is asked
	 * @param refusal whether what {@code work} throws is that: nothing was done
	 * @throws KeyReused when the key is taken for another request
	 */
	public <T> T run(String key, String fingerprint, Predicate<RuntimeException> refusal, Function<Attempt, T> work) {
		Attempt attempt = keys.claim(key, fingerprint).orElseThrow(KeyReused::new);
		try {
			T answer = work.apply(attempt);
			if (!(attempt instanceof Attempt.Answered)) keys.answered(key);
			return answer;
		} catch (RuntimeException e) {
			if (refusal.test(e) && attempt instanceof Attempt.First) keys.release(key);
			throw e;
		}
	}
}
