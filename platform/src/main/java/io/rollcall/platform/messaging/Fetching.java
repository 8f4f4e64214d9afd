package io.rollcall.platform.messaging;

/** How a listener fetches, for {@code @KafkaListener(properties = …)}. */
public final class Fetching {
	/**
	 * For followers that nobody waits for: a fetch comes back with 64 KB, or after half a second (the client's
	 * {@code fetch.max.wait.ms}) with what there is. While thousands of rows go through, each follower then handles a few hundred
	 * records at once, and costs the broker and the database a tenth of the requests.
	 */
	public static final String UNHURRIED = "fetch.min.bytes=65536";

	private Fetching() {}
}
