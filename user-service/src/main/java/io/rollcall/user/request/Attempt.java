package io.rollcall.user.request;

import java.time.Instant;

/** Whether a request was sent before with its idempotency key, and how that ended. */
public sealed interface Attempt {
	/** It was not, or has no key. */
	record First() implements Attempt {}

	/**
	 * It was, and nobody was told what became of it: it broke off, or is under way. What it has not done is done now.
	 *
	 * @param since when the key was first seen
	 */
	record Unanswered(Instant since) implements Attempt {}

	/** It was, and had its answer: nothing is done any more. */
	record Answered() implements Attempt {}
}
