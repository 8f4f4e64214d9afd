package io.rollcall.user.request;

import java.util.Optional;

/**
 * The idempotency keys ever used, each with what was asked under it and whether that was answered. They are never forgotten: a key
 * that comes again after years is still no new request (ADR 28).
 */
public interface RequestKeys {
	/**
	 * Takes {@code key} for a request.
	 *
	 * @param fingerprint a hash of what is asked
	 * @return which attempt at the request this is; empty when the key is taken for a request with another fingerprint
	 */
	Optional<Attempt> claim(String key, String fingerprint);

	/** The request is done, and what became of it is being told: nothing is done under its key any more. */
	void answered(String key);

	/** Gives a key back: the request was refused and has left nothing. For whoever made the first attempt alone. */
	void release(String key);
}
