package io.rollcall.user.request;

/**
 * The idempotency keys in use. That a repeated request happens once is the accounts' own doing (they know the causes applied to
 * them); what stands here keeps a key from being used for something else.
 */
public interface RequestKeys {
	/**
	 * Takes {@code key} for a request.
	 *
	 * @param fingerprint a hash of what is asked
	 * @return false when the key is taken for a request with another fingerprint
	 */
	boolean claim(String key, String fingerprint);

	/** Gives a key back: the request was refused and has left nothing. */
	void release(String key);
}
